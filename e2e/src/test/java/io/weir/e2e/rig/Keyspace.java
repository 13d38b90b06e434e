package io.weir.e2e.rig;

import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.weir.storage.schema.Schema;
import io.weir.storage.schema.SchemaSettings;
import io.weir.storage.session.CassandraConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Weir's tables in a keyspace of one test, which drops it at the end. */
public final class Keyspace implements AutoCloseable {

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

    public Keyspace(CassandraNode node, String name) {
        this.connection = node.connect(name);
        this.name = name;
        change("DROP KEYSPACE IF EXISTS " + name);
        new Schema(connection, SchemaSettings.DEFAULT.withKeyspace(name)).apply();
    }

    public CassandraConnection connection() {
        return connection;
    }

    /** Returns everything that folds write, as JSON rows by table, with the write timestamps of ledger and rollups. */
    public Map<String, List<String>> content() {
        Map<String, List<String>> content = new TreeMap<>();
        for (String table : TABLES) {
            content.put(table, strings("SELECT JSON * FROM " + name + "." + table));
        }
        content.put("versions", strings("SELECT JSON WRITETIME(count) FROM " + name + ".hour_by_group"));
        return content;
    }

    public List<String> strings(String select) {
        return rows(select).stream().map(row -> row.getString(0)).sorted().toList();
    }

    public List<Row> rows(String select) {
        return connection.session().execute(select).all();
    }

    public void change(String statement) {
        connection.session().execute(SimpleStatement.newInstance(statement).setTimeout(Duration.ofSeconds(60)));
    }

    @Override
    public void close() {
        change("DROP KEYSPACE " + name);
        connection.close();
    }
}
