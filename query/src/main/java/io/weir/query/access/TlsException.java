package io.weir.query.access;

/** The certificate or the key of the server cannot be used. The message is for the operator. */
public final class TlsException extends RuntimeException {

    TlsException(String message) {
        super(message);
    }

    TlsException(String message, Throwable cause) {
        super(message, cause);
    }
}
