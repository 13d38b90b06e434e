package io.weir.query.api.config;

/** A setting is invalid, or the configuration file cannot be read. */
public final class SettingsException extends RuntimeException {

    SettingsException(String message) {
        super(message);
    }
}
