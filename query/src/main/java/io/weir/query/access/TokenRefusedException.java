package io.weir.query.access;

import java.util.Locale;

/** A token is invalid. The fault is for metrics and logs; the caller learns only that the token is invalid. */
final class TokenRefusedException extends Exception {

    /** The first fault found. */
    enum Fault {
        /** The request has no Authorization header. */
        MISSING,
        /** The header or the token is malformed. */
        MALFORMED,
        /** The token does not exist. */
        UNKNOWN,
        EXPIRED,
        REVOKED,
        /** The signature is not by a key of the issuer with an accepted algorithm. */
        SIGNATURE,
        /** The audience or the issuer does not match, or a required claim is missing. */
        CLAIMS,
        /** The token has none of the configured scopes. */
        SCOPE;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Fault fault;

    TokenRefusedException(Fault fault) {
        super(fault.code());
        this.fault = fault;
    }

    TokenRefusedException(Fault fault, Throwable cause) {
        super(fault.code(), cause);
        this.fault = fault;
    }

    Fault fault() {
        return fault;
    }
}
