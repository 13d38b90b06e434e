package io.weir.local.command.token;

import io.weir.local.command.connection.Target;
import io.weir.storage.admin.ApiTokenTable;
import io.weir.storage.session.CassandraConnection;

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
