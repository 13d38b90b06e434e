package io.weir.metricconsumer.config;

/** The settings cannot be used. The message names key, value and what was expected. */
public final class ConfigurationException extends RuntimeException {

    public ConfigurationException(String message) {
        super(message);
    }

    static ConfigurationException malformed(String key, Object value, String expected) {
        return new ConfigurationException("the setting " + key + " is \"" + value + "\"; expected " + expected
                + " (see docs/reference/configuration.md)");
    }
}
