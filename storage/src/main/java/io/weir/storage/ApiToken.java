package io.weir.storage;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A token of the query API as it is kept: a row of {@code api_tokens}.
 *
 * @param name what people call it by; no other has it
 * @param hash SHA-256 of the token
 * @param scope {@code read} or {@code admin}
 * @param groups the only groups that it may ask for; null for all
 * @param createdAt to the millisecond, as all times here
 * @param createdBy the user who created it
 * @param expiresAt from when on it is no longer good; null if it never expires
 * @param revocation null while it is not revoked
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

    /** Somebody's decision that a token is good no more. */
    public record Revocation(Instant at, String by) {}
}
