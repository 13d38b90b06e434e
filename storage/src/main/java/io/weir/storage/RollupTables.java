package io.weir.storage;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.weir.core.fold.RollupRow;
import io.weir.core.rollup.RollupKey;
import io.weir.core.rollup.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** Reads and writes the rows of all six rollup tables. Thread-safe. */
final class RollupTables {

    private final PartitionLayout layout;
    private final Requests requests;
    private final BatchLimits limits;
    private final Map<RollupTable, Statements> statements;

    RollupTables(CassandraConnection connection, PartitionLayout layout) {
        this.layout = layout;
        this.requests = connection.requests();
        this.limits = connection.batchLimits();
        this.statements = RollupTable.all().stream()
                .collect(Collectors.toMap(table -> table, table -> Statements.prepare(connection, table)));
    }

    Map<RollupKey, RollupRow> read(int source, Collection<RollupKey> keys) {
        Map<Partition, List<Instant>> starts = new HashMap<>();
        for (RollupKey key : keys) {
            starts.computeIfAbsent(partitionOf(key), partition -> new ArrayList<>())
                    .add(Columns.instant(key.window().start()));
        }
        Queue<Answer> answers = new ConcurrentLinkedQueue<>();
        RequestGroup group = requests.group("reading rollups");
        starts.forEach((partition, all) -> InParts.of(
                all,
                part -> group.send(
                        bindSelect(partition, source, part),
                        rows -> answers.add(new Answer(partition.table(), rows)))));
        group.await();

        Set<RollupKey> asked = new HashSet<>(keys);
        Map<RollupKey, RollupRow> rows = new HashMap<>();
        for (Answer answer : answers) {
            for (Row row : answer.rows().currentPage()) {
                RollupRow found = rowOf(answer.table(), row);
                if (!asked.contains(found.key())) {
                    throw new IllegalStateException(
                            "the table " + answer.table().table() + " holds " + found.key()
                                    + ", whose window ends elsewhere: it was cut by other rules of the time zone");
                }
                rows.put(found.key(), found);
            }
        }
        return rows;
    }

    RequestGroup write(int source, Collection<RollupRow> rows) {
        RequestGroup group = requests.group("writing rollups");
        PartitionBatches<Partition, RollupRow> batches =
                new PartitionBatches<>(group, limits, (partition, row) -> bindInsert(partition, source, row));
        for (RollupRow row : rows) {
            batches.add(partitionOf(row.key()), row);
        }
        batches.sendRest();
        return group;
    }

    private Partition partitionOf(RollupKey key) {
        return new Partition(RollupTable.of(key), key.id(), key.metric(), layout.rollupBucketOf(key.window()));
    }

    private BoundStatement bindSelect(Partition partition, int source, List<Instant> starts) {
        return of(partition)
                .select()
                .boundStatementBuilder()
                .setString(0, partition.id())
                .setString(1, partition.metric())
                .setInt(2, partition.bucket())
                .setList(3, starts, Instant.class)
                .setInt(4, source)
                .build();
    }

    private BoundStatement bindInsert(Partition partition, int source, RollupRow row) {
        BoundStatementBuilder keyed = of(partition)
                .insert()
                .boundStatementBuilder()
                .setString(0, partition.id())
                .setString(1, partition.metric())
                .setInt(2, partition.bucket())
                .setInstant(3, Columns.instant(row.key().window().start()))
                .setInt(4, source)
                .setInstant(5, Columns.instant(row.key().window().end()))
                .setLong(6, row.throughOffset());
        return StoredRollup.bind(keyed, 7, row.rollup())
                .setLong(7 + StoredRollup.COUNT, row.version())
                .build();
    }

    private Statements of(Partition partition) {
        Statements prepared = statements.get(partition.table());
        if (prepared == null) {
            throw new IllegalStateException("there are no statements for " + partition.table());
        }
        return prepared;
    }

    private static RollupRow rowOf(RollupTable table, Row row) {
        Window window =
                new Window(table.resolution(), Columns.millis(row, "window_start"), Columns.millis(row, "window_end"));
        RollupKey key = new RollupKey(table.scope(), Columns.text(row, "id"), Columns.text(row, "metric"), window);
        return new RollupRow(key, StoredRollup.read(row), row.getLong("through_offset"), row.getLong("version"));
    }

    private record Partition(RollupTable table, String id, String metric, int bucket) {}

    private record Answer(RollupTable table, AsyncResultSet rows) {}

    private record Statements(PreparedStatement select, PreparedStatement insert) {

        static Statements prepare(CassandraConnection connection, RollupTable rollup) {
            String table = connection.table(rollup.table());
            String id = rollup.idColumn();
            String markers = "?, ".repeat(StoredRollup.COUNT + 6) + "?";
            return new Statements(
                    connection
                            .session()
                            .prepare("SELECT " + id + " AS id, metric, window_start, window_end, through_offset, "
                                    + StoredRollup.COLUMNS + ", WRITETIME(count) AS version FROM " + table + " WHERE "
                                    + id + " = ? AND metric = ? AND bucket = ? AND window_start IN ? AND source = ?"),
                    connection
                            .session()
                            .prepare("INSERT INTO " + table + " (" + id
                                    + ", metric, bucket, window_start, source, window_end, through_offset, "
                                    + StoredRollup.COLUMNS + ") VALUES (" + markers + ") USING TIMESTAMP ?"));
        }
    }
}
