package io.weir.query.access;

import org.jspecify.annotations.Nullable;

/**
 * Who may ask, how often, and by what protocol.
 *
 * @param tokens whether the tokens of {@code weir token} are good
 * @param jwt whose signed tokens are good; null if nobody's are
 * @param requestsPerSecond so many for each caller, in the long run
 * @param requestsAtOnce and so many at once
 * @param failuresAtOnce so many without a good token from one address; one a second in the long run
 * @param tls null to be asked in the clear
 */
public record AccessSettings(
        boolean tokens,
        @Nullable JwtSettings jwt,
        int requestsPerSecond,
        int requestsAtOnce,
        int failuresAtOnce,
        @Nullable TlsSettings tls) {

    /** Asks nobody who they are. */
    public static final AccessSettings OPEN = new AccessSettings(false, null, 50, 200, 20, null);

    /** Whether callers need not say who they are. */
    public boolean isOpen() {
        return !tokens && jwt == null;
    }
}
