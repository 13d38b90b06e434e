package io.weir.metricconsumer;

/** Thrown if the application must not start or continue, because that could lose readings. The message says why. */
final class StartRefusedException extends RuntimeException {

    StartRefusedException(String message) {
        super(message);
    }
}
