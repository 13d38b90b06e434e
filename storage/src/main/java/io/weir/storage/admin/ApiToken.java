package io.weir.storage.admin;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A stored token of the query API: a row of {@code api_tokens}.
 *
 * @param name the unique name of the token
 * @param hash the SHA-256 of the token
 * @param scope {@code read} or {@code admin}
 * @param groups the only groups that the token may read; null for all
 * @param createdAt the time of creation, to the millisecond like all times here
 * @param createdBy the user who created the token
 * @param expiresAt the time from which the token is invalid; null if it never expires
 * @param revocation null if the token is not revoked
 */
public record ApiToken(
        String name,
        byte[] hash,
        String scope,
        @Nullable Set<String> groups,
        Instant createdAt,
        String createdBy,
        @Nullable Instant expiresAt,
        @Nullable Revocation revocation) {

    public ApiToken {
        hash = hash.clone();
        groups = groups == null ? null : Set.copyOf(groups);
    }

    @Override
    public byte[] hash() {
        return hash.clone();
    }

    public boolean isExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }

    public boolean isRevoked() {
        return revocation != null;
    }

    /** The revocation of a token by a user. */
    public record Revocation(Instant at, String by) {}
}
