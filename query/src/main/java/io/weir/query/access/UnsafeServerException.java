package io.weir.query.access;

/** A server would be open to other machines without authentication. The message is for the operator. */
public final class UnsafeServerException extends RuntimeException {

    UnsafeServerException(String message) {
        super(message);
    }
}
