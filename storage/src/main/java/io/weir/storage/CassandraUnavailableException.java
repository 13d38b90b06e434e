package io.weir.storage;

import io.weir.core.fold.TablesException;

/** No session could be opened: says in one line who was asked, what the answer was, and what to do. */
public final class CassandraUnavailableException extends TablesException {

    public CassandraUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    public CassandraUnavailableException(String message) {
        super(message);
    }
}
