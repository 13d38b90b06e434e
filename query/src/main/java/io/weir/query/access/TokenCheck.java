package io.weir.query.access;

/** Knows callers by one kind of token. Thread-safe. */
interface TokenCheck {

    /**
     * Returns whose token it is.
     *
     * @throws TokenRefusedException if it is no good
     * @throws RuntimeException if that cannot be found out now
     */
    Caller check(String token) throws TokenRefusedException;
}
