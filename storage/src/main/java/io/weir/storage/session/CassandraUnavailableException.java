package io.weir.storage.session;

import io.weir.core.fold.port.TablesException;

/**
 * Thrown if no session could be opened. The message states in one line which nodes were contacted, what they answered,
 * and what to do.
 */
public final class CassandraUnavailableException extends TablesException {

    public CassandraUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    public CassandraUnavailableException(String message) {
        super(message);
    }
}
