package io.weir.storage.run;

/**
 * Thrown if a start is refused, because its settings would decide differently from those that the tables were written
 * with.
 */
public final class SettingsChangedException extends RuntimeException {

    SettingsChangedException(String message) {
        super(message);
    }
}
