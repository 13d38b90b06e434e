package io.weir.query.access;

/** The keys of the token issuer cannot be read, so JWTs can be neither accepted nor rejected. */
public final class IssuerUnreachableException extends RuntimeException {

    IssuerUnreachableException(Throwable cause) {
        super("the keys of the token issuer cannot be read: " + cause.getMessage(), cause);
    }
}
