package io.weir.query.access;

import io.weir.core.reading.NameOrder;
import io.weir.storage.admin.ApiToken;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A token in the output of {@code weir token list}.
 *
 * @param groups the groups that it may read; null for all
 * @param state {@code good}, {@code expired} or {@code revoked}
 */
public record ShownToken(
        String name,
        String scope,
        @Nullable Set<String> groups,
        Instant createdAt,
        String createdBy,
        @Nullable Instant expiresAt,
        String state,
        @Nullable Instant revokedAt,
        @Nullable String revokedBy) {

    public static ShownToken of(ApiToken token, Instant now) {
        ApiToken.Revocation revocation = token.revocation();
        return new ShownToken(
                token.name(),
                token.scope(),
                token.groups() == null ? null : inOrder(token.groups()),
                token.createdAt(),
                token.createdBy(),
                token.expiresAt(),
                revocation != null ? "revoked" : token.isExpired(now) ? "expired" : "good",
                revocation == null ? null : revocation.at(),
                revocation == null ? null : revocation.by());
    }

    private static Set<String> inOrder(Set<String> names) {
        Set<String> ordered = new TreeSet<>(NameOrder.INSTANCE);
        ordered.addAll(names);
        return ordered;
    }
}
