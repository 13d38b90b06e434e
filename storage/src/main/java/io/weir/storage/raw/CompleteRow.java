package io.weir.storage.raw;

import com.datastax.oss.driver.api.core.cql.Row;
import io.weir.core.fold.port.TablesException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Requires that rows of the raw tables have all of their columns. Weir writes rows whole; a row that a user has
 * inserted or updated by hand, with a mistyped key or without all columns, lacks some.
 */
final class CompleteRow {

    /** The columns of {@code raw_by_device} that are not in the primary key. */
    static final List<String> BY_DEVICE = List.of("group", "value", "offset");

    /** The columns of {@code raw_by_group} that are not in the primary key. */
    static final List<String> BY_GROUP = List.of("value", "offset");

    /** The columns of {@code raw_by_device} that a look-up reads. */
    static final List<String> ARRIVAL = List.of("value", "offset");

    private CompleteRow() {}

    /**
     * Requires that these columns are not null.
     *
     * @param table the name of the table without its keyspace
     * @param key the primary key of the row as a CQL condition
     * @throws TablesException naming the row, the missing columns and what to do
     */
    static void require(Row row, List<String> columns, String table, Supplier<String> key) {
        for (String column : columns) {
            if (row.isNull(column)) {
                throw incomplete(row, columns, table, key.get());
            }
        }
    }

    static String keyByDevice(String device, Instant bucket, String metric, Instant time, int source) {
        return "device = " + text(device) + " AND bucket = '" + bucket + "' AND metric = " + text(metric)
                + " AND time = '" + time + "' AND source = " + source;
    }

    static String keyByGroup(
            String group, String metric, Instant hour, int shard, Instant time, String device, int source) {
        return "group = " + text(group) + " AND metric = " + text(metric) + " AND hour = '" + hour + "' AND shard = "
                + shard + " AND time = '" + time + "' AND device = " + text(device) + " AND source = " + source;
    }

    /** The exception has a cause, which tells it from failures that a retry may mend. */
    private static TablesException incomplete(Row row, List<String> columns, String table, String key) {
        List<String> missing = new ArrayList<>(columns);
        missing.removeIf(column -> !row.isNull(column));
        String message = "a row of " + table + " has no " + String.join(" and no ", missing) + ": the row WHERE " + key
                + ". Weir writes rows whole, so this one was written by hand without all columns, or with a mistyped"
                + " key. Delete it in cqlsh, or insert it with all columns";
        return new TablesException(message, new IllegalStateException(message));
    }

    private static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
