package io.weir.metricconsumer.failure;

/** Thrown if the application must not start or continue, because that could lose readings. The message says why. */
public final class StartRefusedException extends RuntimeException {

    public StartRefusedException(String message) {
        super(message);
    }
}
