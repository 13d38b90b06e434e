package io.weir.query.access;

import java.util.Map;

/** A caller gets no answer: who it is is not known, it may not ask this, or it asks too often. */
public final class AccessDeniedException extends RuntimeException {

    /** Why. */
    public enum Reason {
        UNAUTHORIZED,
        FORBIDDEN,
        TOO_MANY_REQUESTS
    }

    private final Reason reason;
    private final transient Map<String, String> headers;

    /**
     * @param message shown to the caller: what was found, what was expected and what to do, without any secret
     * @param headers of the answer, such as WWW-Authenticate or Retry-After
     */
    public AccessDeniedException(Reason reason, String message, Map<String, String> headers) {
        super(message);
        this.reason = reason;
        this.headers = Map.copyOf(headers);
    }

    public Reason reason() {
        return reason;
    }

    public Map<String, String> headers() {
        return headers;
    }
}
