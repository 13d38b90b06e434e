package io.weir.query.access;

/** Authenticates callers by one kind of token. Thread-safe. */
interface TokenCheck {

    /**
     * Returns the caller that the token belongs to.
     *
     * @throws TokenRefusedException if the token is invalid
     * @throws RuntimeException if the token cannot be checked now
     */
    Caller check(String token) throws TokenRefusedException;
}
