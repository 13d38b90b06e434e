package io.weir.query.access;

import org.jspecify.annotations.Nullable;

/**
 * The settings for authentication, rate limits and TLS.
 *
 * @param tokens whether tokens of {@code weir token} are accepted
 * @param jwt the settings for JWTs; null if JWTs are not accepted
 * @param requestsPerSecond the sustained request rate of each caller
 * @param requestsAtOnce the burst of requests of each caller
 * @param failuresAtOnce the burst of failed authentications from one address; the sustained rate is one per second
 * @param tls null for plain HTTP
 */
public record AccessSettings(
        boolean tokens,
        @Nullable JwtSettings jwt,
        int requestsPerSecond,
        int requestsAtOnce,
        int failuresAtOnce,
        @Nullable TlsSettings tls) {

    /** Settings without authentication. */
    public static final AccessSettings OPEN = new AccessSettings(false, null, 50, 200, 20, null);

    /** Returns whether authentication is off. */
    public boolean isOpen() {
        return !tokens && jwt == null;
    }
}
