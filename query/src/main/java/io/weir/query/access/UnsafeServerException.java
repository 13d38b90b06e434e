package io.weir.query.access;

/** A server would let in whoever reaches it. The message is for whoever starts it. */
public final class UnsafeServerException extends RuntimeException {

    UnsafeServerException(String message) {
        super(message);
    }
}
