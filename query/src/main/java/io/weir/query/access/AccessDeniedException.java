package io.weir.query.access;

import java.time.Duration;
import java.util.Map;

/**
 * A caller gets no answer: who it is is not known, it may not ask this, or it asks too often. What it is told depends on
 * which of the three, and on nothing else; why it was is for counters and logs.
 */
public final class AccessDeniedException extends RuntimeException {

    /** Which, and what the caller is told. */
    public enum Reason {
        UNAUTHORIZED("expected the header Authorization with Bearer and a token that is good here"),
        FORBIDDEN("what this caller may ask does not include it"),
        TOO_MANY_REQUESTS("the requests came faster than is allowed; the header Retry-After says when to ask again");

        private final String told;

        Reason(String told) {
            this.told = told;
        }
    }

    private final Reason reason;
    private final String why;
    private final transient Map<String, String> headers;

    private AccessDeniedException(Reason reason, String why, Map<String, String> headers) {
        super(reason.told);
        this.reason = reason;
        this.why = why;
        this.headers = Map.copyOf(headers);
    }

    static AccessDeniedException unauthorized(String why) {
        return new AccessDeniedException(Reason.UNAUTHORIZED, why, Map.of("WWW-Authenticate", "Bearer realm=\"weir\""));
    }

    /**
     * Says that a caller may not ask this.
     *
     * @param why one of few words, such as {@code scope} or {@code group}
     */
    public static AccessDeniedException forbidden(String why) {
        return new AccessDeniedException(Reason.FORBIDDEN, why, Map.of());
    }

    static AccessDeniedException tooMany(String why, Duration wait) {
        long seconds = wait.plusMillis(999).toSeconds();
        return new AccessDeniedException(
                Reason.TOO_MANY_REQUESTS, why, Map.of("Retry-After", Long.toString(Math.max(1, seconds))));
    }

    public Reason reason() {
        return reason;
    }

    /** For counters and logs, never for the caller. */
    public String why() {
        return why;
    }

    /** Headers of the answer, such as WWW-Authenticate or Retry-After. */
    public Map<String, String> headers() {
        return headers;
    }
}
