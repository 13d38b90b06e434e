package io.weir.storage;

/** A start was refused, since its settings would decide otherwise than those that the tables were written with. */
public final class SettingsChangedException extends RuntimeException {

    SettingsChangedException(String message) {
        super(message);
    }
}
