package io.weir.e2e.rig;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import io.weir.storage.session.CassandraConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One wrong row, and the tables in which a verification must find differences because of it, and only those.
 *
 * @param change assignments to some row of the table; null to delete the row
 * @param insert a new row; null if one is changed
 * @param tables the tables whose differences must be found
 */
public record Fault(String table, String change, Insert insert, List<String> tables) {

    record Insert(String columns, String values) {}

    private static final List<String> ALL_TABLES = List.of(
            "hour_by_device",
            "day_by_device",
            "month_by_device",
            "hour_by_group",
            "day_by_group",
            "month_by_group",
            "raw_by_device",
            "raw_by_group",
            "rejected_readings",
            "ledger");

    public static Fault change(String table, String assignments, List<String> tables) {
        return new Fault(table, assignments, null, tables);
    }

    public static Fault delete(String table, List<String> tables) {
        return new Fault(table, null, null, tables);
    }

    public static Fault insert(String table, String columns, String values, List<String> tables) {
        return new Fault(table, null, new Insert(columns, values), tables);
    }

    /** Makes the row wrong; returns an action that repairs it. */
    public Runnable plant(CassandraConnection connection) {
        CqlSession session = connection.session();
        String name = connection.table(table);
        if (insert != null) {
            session.execute("INSERT INTO " + name + " (" + insert.columns() + ") VALUES (" + insert.values() + ")");
            return () -> session.execute("DELETE FROM " + name + " WHERE " + insertedKey(keyColumns(connection)));
        }
        List<String> key = keyColumns(connection);
        Row row = session.execute("SELECT " + String.join(", ", key) + " FROM " + name + " LIMIT 1")
                .one();
        Object[] values = key.stream().map(row::getObject).toArray();
        String where = " WHERE " + key.stream().map(column -> column + " = ?").collect(Collectors.joining(" AND "));
        String whole = session.execute("SELECT JSON * FROM " + name + where, values)
                .one()
                .getString(0);
        session.execute((change == null ? "DELETE FROM " + name : "UPDATE " + name + " SET " + change) + where, values);
        return () -> session.execute("INSERT INTO " + name + " JSON ?", whole);
    }

    public List<String> unaffectedTables() {
        List<String> right = new ArrayList<>(ALL_TABLES);
        right.removeAll(tables);
        return right;
    }

    private List<String> keyColumns(CassandraConnection connection) {
        return connection
                .session()
                .getMetadata()
                .getKeyspace(connection.settings().keyspace())
                .flatMap(keyspace -> keyspace.getTable(table))
                .orElseThrow()
                .getPrimaryKey()
                .stream()
                .map(ColumnMetadata::getName)
                .map(column -> column.asCql(true))
                .toList();
    }

    private String insertedKey(List<String> key) {
        String[] columns = insert.columns().split(", ");
        String[] values = insert.values().split(", ");
        return IntStream.range(0, columns.length)
                .filter(i -> key.contains(columns[i]))
                .mapToObj(i -> columns[i] + " = " + values[i])
                .collect(Collectors.joining(" AND "));
    }

    @Override
    public String toString() {
        return table + " " + (insert != null ? "+ " + insert.values() : change == null ? "deleted" : change);
    }
}
