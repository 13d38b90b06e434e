package io.weir.query.access;

/** The issuer of tokens does not tell its keys, so that nobody can be let in or turned away. */
public final class IssuerUnreachableException extends RuntimeException {

    IssuerUnreachableException(Throwable cause) {
        super("the keys of the issuer of tokens cannot be read: " + cause.getMessage(), cause);
    }
}
