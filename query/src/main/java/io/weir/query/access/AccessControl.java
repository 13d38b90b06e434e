package io.weir.query.access;

import org.jspecify.annotations.Nullable;

/** Finds out who asks, before anything else is done for a request. Thread-safe. */
public interface AccessControl {

    /**
     * Returns the caller.
     *
     * @param authorization the request's Authorization header; null if it has none
     * @param remoteAddress the address that the connection comes from
     * @throws AccessDeniedException if there is no answer for this caller
     */
    Caller authenticate(@Nullable String authorization, String remoteAddress);

    /** Whether callers have to say who they are; what {@code /about} tells clients. */
    boolean isRequired();
}
