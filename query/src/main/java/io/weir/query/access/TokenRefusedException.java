package io.weir.query.access;

import java.util.Locale;

/** A token is no good. Why is for counters and logs: whoever showed it learns only that it is. */
final class TokenRefusedException extends Exception {

    /** What was wrong first. */
    enum Fault {
        /** The request has no Authorization header. */
        MISSING,
        /** The header is not of the form that is asked for, or the token not of its kind. */
        MALFORMED,
        /** Nobody has been given this token. */
        UNKNOWN,
        EXPIRED,
        REVOKED,
        /** None of the issuer's keys has signed it by an algorithm that is allowed. */
        SIGNATURE,
        /** It is for somebody else, by somebody else, or says too little. */
        CLAIMS,
        /** It allows nothing here. */
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
