package io.weir.e2e;

import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.weir.storage.CassandraConnection;
import io.weir.storage.Schema;
import io.weir.storage.SchemaSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Weir's tables in a keyspace of one test, which drops it at the end. */
final class Keyspace implements AutoCloseable {

    private static final List<String> TABLES = List.of(
            "raw_by_device",
            "raw_by_group",
            "hour_by_device",
            "day_by_device",
            "month_by_device",
            "hour_by_group",
            "day_by_group",
            "month_by_group",
            "ledger",
            "rejected_readings",
            "catalog",
            "device_sources");

    private final CassandraConnection connection;
    private final String name;

    Keyspace(CassandraNode node, String name) {
        this.connection = node.connect(name);
        this.name = name;
        change("DROP KEYSPACE IF EXISTS " + name);
        new Schema(connection, SchemaSettings.DEFAULT.withKeyspace(name)).apply();
    }

    CassandraConnection connection() {
        return connection;
    }

    /** Returns everything that folds write, as JSON rows by table, with the write timestamps of ledger and rollups. */
    Map<String, List<String>> content() {
        Map<String, List<String>> content = new TreeMap<>();
        for (String table : TABLES) {
            content.put(table, strings("SELECT JSON * FROM " + name + "." + table));
        }
        content.put("versions", strings("SELECT JSON WRITETIME(count) FROM " + name + ".hour_by_group"));
        return content;
    }

    List<String> strings(String select) {
        return rows(select).stream().map(row -> row.getString(0)).sorted().toList();
    }

    List<Row> rows(String select) {
        return connection.session().execute(select).all();
    }

    void change(String statement) {
        connection.session().execute(SimpleStatement.newInstance(statement).setTimeout(Duration.ofSeconds(60)));
    }

    @Override
    public void close() {
        change("DROP KEYSPACE " + name);
        connection.close();
    }
}
