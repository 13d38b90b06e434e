package io.weir.local.command;

import io.weir.storage.ApiTokenTable;
import io.weir.storage.CassandraConnection;

/** The API tokens of a keyspace, which may exist before any pipeline has run. */
record Tokens(CassandraConnection connection, ApiTokenTable table) implements AutoCloseable {

    static Tokens open(Target target) {
        CassandraConnection connection = target.cassandraWithTables(null);
        try {
            return new Tokens(connection, new ApiTokenTable(connection));
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
