package io.weir.query.access;

import java.time.Duration;
import java.util.Map;

/**
 * A request is denied: the caller is not authenticated, not authorized, or sends too many requests. The response
 * depends only on the {@link Reason}; the detailed cause is for metrics and logs.
 */
public final class AccessDeniedException extends RuntimeException {

    /** The kind of denial, and the message to the caller. */
    public enum Reason {
        UNAUTHORIZED("expected an Authorization header with Bearer and a valid token"),
        FORBIDDEN("this caller is not allowed to make this request"),
        TOO_MANY_REQUESTS("the caller exceeded its request rate; retry after the time in the Retry-After header");

        private final String message;

        Reason(String message) {
            this.message = message;
        }
    }

    private final Reason reason;
    private final String why;
    private final transient Map<String, String> headers;

    private AccessDeniedException(Reason reason, String why, Map<String, String> headers) {
        super(reason.message);
        this.reason = reason;
        this.why = why;
        this.headers = Map.copyOf(headers);
    }

    static AccessDeniedException unauthorized(String why) {
        return new AccessDeniedException(Reason.UNAUTHORIZED, why, Map.of("WWW-Authenticate", "Bearer realm=\"weir\""));
    }

    /**
     * Creates the exception for a caller without permission.
     *
     * @param why a short code, such as {@code scope} or {@code group}
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

    /** Returns the cause for metrics and logs, which is never sent to the caller. */
    public String why() {
        return why;
    }

    /** Returns the response headers, such as WWW-Authenticate or Retry-After. */
    public Map<String, String> headers() {
        return headers;
    }
}
