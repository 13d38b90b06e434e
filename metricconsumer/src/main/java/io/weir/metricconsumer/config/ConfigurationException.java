package io.weir.metricconsumer.config;

/** Thrown if the settings cannot be used. The message names the key, its value and what was expected. */
public final class ConfigurationException extends RuntimeException {

    public ConfigurationException(String message) {
        super(message);
    }

    static ConfigurationException malformed(String key, Object value, String expected) {
        return new ConfigurationException("the setting " + key + " is \"" + value + "\"; expected " + expected
                + " (see docs/reference/configuration.md)");
    }
}
