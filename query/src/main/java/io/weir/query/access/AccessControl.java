package io.weir.query.access;

import org.jspecify.annotations.Nullable;

/** Authenticates the caller of a request. Thread-safe. */
public interface AccessControl {

    /**
     * Returns the authenticated caller.
     *
     * @param authorization the request's Authorization header; null if absent
     * @param remoteAddress the remote address of the connection
     * @throws AccessDeniedException if the caller is not authenticated or sends too many requests
     */
    Caller authenticate(@Nullable String authorization, String remoteAddress);

    /** Returns whether callers must authenticate; shown to clients by {@code /about}. */
    boolean isRequired();
}
