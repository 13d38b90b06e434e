package io.weir.query.api;

/** A setting of the query API is not what is expected. */
public final class ApiSettingsException extends RuntimeException {

    ApiSettingsException(String message) {
        super(message);
    }
}
