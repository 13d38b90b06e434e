package io.weir.e2e;

import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.weir.storage.CassandraConnection;
import io.weir.storage.Schema;
import io.weir.storage.SchemaSettings;
import java.time.Duration;

/** A keyspace of a test class's own, with empty tables. */
final class ScriptedKeyspace {

    private ScriptedKeyspace() {}

    static CassandraConnection create(CassandraNode node, String keyspace) {
        CassandraConnection connection = node.connect(keyspace);
        dropTables(connection);
        new Schema(connection, SchemaSettings.DEFAULT.withKeyspace(keyspace)).apply();
        return connection;
    }

    /** Drops the keyspace and closes the connection. */
    static void drop(CassandraConnection connection) {
        dropTables(connection);
        connection.close();
    }

    private static void dropTables(CassandraConnection connection) {
        String drop = "DROP KEYSPACE IF EXISTS " + connection.settings().keyspace();
        connection.session().execute(SimpleStatement.newInstance(drop).setTimeout(Duration.ofSeconds(60)));
    }
}
