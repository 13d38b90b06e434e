package io.weir.storage;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.metadata.Node;
import io.weir.core.fold.RollupRow;
import io.weir.core.rollup.RollupKey;
import io.weir.core.rollup.Scope;
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
            Partition of = new Partition(RollupTable.of(key), partitionKeyOf(key));
            starts.computeIfAbsent(of, partition -> new ArrayList<>())
                    .add(Columns.instant(key.window().start()));
        }
        Queue<Answer> answers = new ConcurrentLinkedQueue<>();
        RequestGroup group = requests.group("reading rollups");
        questions(starts, group)
                .forEach((question, ids) -> InParts.of(
                        ids,
                        question.starts(),
                        (someIds, someStarts) -> group.send(
                                bindSelect(question, source, someIds, someStarts),
                                rows -> answers.add(new Answer(question.table(), rows)))));
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

    /** Partitions of the same replicas that are asked for the same windows share a request. */
    private Map<Question, List<String>> questions(Map<Partition, List<Instant>> starts, RequestGroup group) {
        Map<Question, List<String>> ids = new HashMap<>();
        starts.forEach((partition, all) -> {
            PartitionKey key = partition.key();
            Set<Node> replicas = group.replicasOf(
                    routed(of(partition.table()).select().bind(), key.id(), key.metric(), key.bucket()));
            ids.computeIfAbsent(
                            new Question(partition.table(), key.metric(), key.bucket(), all, replicas),
                            question -> new ArrayList<>())
                    .add(key.id());
        });
        return ids;
    }

    /** The hour, day and month of a series lie in partitions of one key: in one request they are one mutation. */
    RequestGroup write(int source, Collection<RollupRow> rows) {
        RequestGroup group = requests.group("writing rollups");
        PartitionBatches<PartitionKey, RollupRow> batches =
                new PartitionBatches<>(group, limits, (partition, row) -> bindInsert(partition, source, row));
        for (RollupRow row : rows) {
            batches.add(partitionKeyOf(row.key()), row);
        }
        batches.sendRest();
        return group;
    }

    private PartitionKey partitionKeyOf(RollupKey key) {
        return new PartitionKey(key.scope(), key.id(), key.metric(), layout.rollupBucketOf(key.window()));
    }

    private BoundStatement bindSelect(Question question, int source, List<String> ids, List<Instant> starts) {
        BoundStatement select = of(question.table())
                .select()
                .boundStatementBuilder()
                .setList(0, ids, String.class)
                .setString(1, question.metric())
                .setInt(2, question.bucket())
                .setList(3, starts, Instant.class)
                .setInt(4, source)
                .build();
        return routed(select, ids.get(0), question.metric(), question.bucket());
    }

    /** The driver cannot tell by itself where a statement belongs that asks for several partitions. */
    private static BoundStatement routed(BoundStatement select, String id, String metric, int bucket) {
        return select.setRoutingKey(Cells.text(id), Cells.text(metric), Cells.integer(bucket));
    }

    private BoundStatement bindInsert(PartitionKey partition, int source, RollupRow row) {
        BoundStatementBuilder keyed = of(RollupTable.of(row.key()))
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

    private Statements of(RollupTable table) {
        Statements prepared = statements.get(table);
        if (prepared == null) {
            throw new IllegalStateException("there are no statements for " + table);
        }
        return prepared;
    }

    private static RollupRow rowOf(RollupTable table, Row row) {
        Window window =
                new Window(table.resolution(), Columns.millis(row, "window_start"), Columns.millis(row, "window_end"));
        RollupKey key = new RollupKey(table.scope(), Columns.text(row, "id"), Columns.text(row, "metric"), window);
        return new RollupRow(key, StoredRollup.read(row), row.getLong("through_offset"), row.getLong("version"));
    }

    /** Of tables of one scope alike. */
    private record PartitionKey(Scope scope, String id, String metric, int bucket) {}

    private record Partition(RollupTable table, PartitionKey key) {}

    /** The windows to be read of one partition or several. */
    private record Question(RollupTable table, String metric, int bucket, List<Instant> starts, Set<Node> replicas) {}

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
                                    + id + " IN ? AND metric = ? AND bucket = ? AND window_start IN ? AND source = ?"),
                    connection
                            .session()
                            .prepare("INSERT INTO " + table + " (" + id
                                    + ", metric, bucket, window_start, source, window_end, through_offset, "
                                    + StoredRollup.COLUMNS + ") VALUES (" + markers + ") USING TIMESTAMP ?"));
        }
    }
}
