package io.weir.local.command;

import io.weir.storage.ApiTokenTable;
import io.weir.storage.CassandraConnection;
import io.weir.storage.Schema;
import io.weir.storage.SchemaSettings;

/** The tokens of a keyspace, which may be there before any pipeline has run. */
record Tokens(CassandraConnection connection, ApiTokenTable table) implements AutoCloseable {

    static Tokens open(Target target) {
        CassandraConnection connection = target.cassandra();
        try {
            String keyspace = connection.settings().keyspace();
            new Schema(connection, SchemaSettings.DEFAULT.withKeyspace(keyspace)).requireTables();
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
