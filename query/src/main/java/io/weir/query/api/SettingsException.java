package io.weir.query.api;

/** A setting is not what is expected, or the file that has it cannot be read. */
public final class SettingsException extends RuntimeException {

    SettingsException(String message) {
        super(message);
    }
}
