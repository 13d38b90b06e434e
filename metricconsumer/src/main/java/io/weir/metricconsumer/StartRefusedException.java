package io.weir.metricconsumer;

/** The application must not start, or go on, as things are: going on could lose readings. The message says why. */
final class StartRefusedException extends RuntimeException {

    StartRefusedException(String message) {
        super(message);
    }
}
