package io.weir.storage.rollup;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.data.TupleValue;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.type.TupleType;
import io.weir.core.fold.port.PendingWrite;
import io.weir.core.fold.port.RollupRow;
import io.weir.core.rollup.RollupKey;
import io.weir.core.rollup.Window;
import io.weir.storage.read.InParts;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.session.BatchLimits;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.session.Cells;
import io.weir.storage.session.Columns;
import io.weir.storage.session.PartitionBatches;
import io.weir.storage.session.RetryingSession;
import io.weir.storage.session.RowBounds;
import io.weir.storage.session.WriteGroup;
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
public final class RollupTables {

    private final PartitionLayout layout;
    private final RetryingSession requests;
    private final BatchLimits limits;
    private final Map<RollupTable, Statements> statements;

    public RollupTables(CassandraConnection connection, PartitionLayout layout) {
        this.layout = layout;
        this.requests = connection.requests();
        this.limits = connection.batchLimits();
        this.statements = RollupTable.all().stream()
                .collect(Collectors.toMap(table -> table, table -> Statements.prepare(connection, table)));
    }

    public Map<RollupKey, RollupRow> read(int source, Collection<RollupKey> keys) {
        Map<Partition, Set<MetricWindow>> partitions = new HashMap<>();
        for (RollupKey key : keys) {
            Partition of = new Partition(RollupTable.of(key), RollupPartition.of(key, layout));
            partitions.computeIfAbsent(of, partition -> new HashSet<>()).add(MetricWindow.of(key));
        }
        Queue<Answer> responses = new ConcurrentLinkedQueue<>();
        WriteGroup group = requests.group("reading rollups");
        questions(partitions, group)
                .forEach((question, ids) -> InParts.of(
                        ids,
                        List.copyOf(question.windows()),
                        (someIds, someWindows) -> group.send(
                                bindSelect(question, source, someIds, someWindows),
                                someIds.size() * someWindows.size() * RowBounds.ROLLUP,
                                row -> responses.add(new Answer(question.table(), row)))));
        group.await();

        Set<RollupKey> requested = new HashSet<>(keys);
        Map<RollupKey, RollupRow> rows = new HashMap<>();
        for (Answer answer : responses) {
            RollupRow found = rowOf(answer.table(), answer.row());
            if (!requested.contains(found.key())) {
                throw new IllegalStateException("the table " + answer.table().table() + " contains " + found.key()
                        + ", whose window ends at another time: it was computed with other time zone rules");
            }
            rows.put(found.key(), found);
        }
        return rows;
    }

    /** Groups partitions with the same replicas and the same requested windows, which share a request. */
    private Map<Question, List<String>> questions(Map<Partition, Set<MetricWindow>> partitions, WriteGroup group) {
        Map<Question, List<String>> ids = new HashMap<>();
        partitions.forEach((partition, windows) -> {
            RollupPartition key = partition.key();
            Set<Node> replicas =
                    group.replicasOf(routed(of(partition.table()).select().bind(), key.id(), key.bucket()));
            ids.computeIfAbsent(
                            new Question(partition.table(), key.bucket(), windows, replicas),
                            question -> new ArrayList<>())
                    .add(key.id());
        });
        return ids;
    }

    /**
     * Writes the rows as they are now; later changes to them are not written. All rollups of a device or a group in a
     * month have the same partition key, so one request writes them as one mutation.
     */
    public PendingWrite write(int source, Collection<RollupRow> rows) {
        WriteGroup group = requests.group("writing rollups");
        RollupCells cells = new RollupCells(layout, source);
        PartitionBatches<RollupPartition, RollupRow> batches =
                new PartitionBatches<>(group, limits, (partition, row) -> bindInsert(partition, row, cells));
        for (RollupRow row : rows) {
            batches.add(cells.partitionOf(row), row);
        }
        batches.sendRest();
        return group;
    }

    private BoundStatement bindSelect(Question question, int source, List<String> ids, List<MetricWindow> windows) {
        Statements prepared = of(question.table());
        List<TupleValue> rows = windows.stream()
                .map(window -> prepared.row().newValue(window.metric(), window.start(), source))
                .toList();
        BoundStatement select = prepared.select()
                .boundStatementBuilder()
                .setList(0, ids, String.class)
                .setInt(1, question.bucket())
                .setList(2, rows, TupleValue.class)
                .build();
        return routed(select, ids.get(0), question.bucket());
    }

    /** Sets the routing key, which the driver cannot derive if a statement reads several partitions. */
    private static BoundStatement routed(BoundStatement select, String id, int bucket) {
        return select.setRoutingKey(Cells.text(id), Cells.integer(bucket));
    }

    private BoundStatement bindInsert(RollupPartition partition, RollupRow row, RollupCells cells) {
        Statements prepared = of(RollupTable.of(row.key()));
        return Cells.bind(
                row.isRebuilt() ? prepared.insertRebuilt() : prepared.insert(), cells.cellsOf(partition, row));
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
        return new RollupRow(
                key,
                RollupCodec.read(row),
                row.getLong("through_offset"),
                row.getLong("version"),
                RollupCodec.rebuiltOffset(row),
                row.getLong("repaired"));
    }

    private record Partition(RollupTable table, RollupPartition key) {}

    /** The key of a row within a partition, without the source. */
    private record MetricWindow(String metric, Instant start) {

        static MetricWindow of(RollupKey key) {
            return new MetricWindow(key.metric(), Columns.instant(key.window().start()));
        }
    }

    /** The windows to read from one or several partitions. */
    private record Question(RollupTable table, int bucket, Set<MetricWindow> windows, Set<Node> replicas) {}

    private record Answer(RollupTable table, Row row) {}

    /** @param row the type of a row's key in the select: metric, window start and source */
    private record Statements(
            PreparedStatement select, TupleType row, PreparedStatement insert, PreparedStatement insertRebuilt) {

        static Statements prepare(CassandraConnection connection, RollupTable rollup) {
            String table = connection.table(rollup.table());
            String id = rollup.idColumn();
            PreparedStatement select = connection
                    .session()
                    .prepare("SELECT " + id
                            + " AS id, metric, window_start, window_end, through_offset, rebuilt_offset, repaired, "
                            + RollupCodec.COLUMNS + ", WRITETIME(count) AS version FROM " + table + " WHERE " + id
                            + " IN ? AND bucket = ? AND (metric, window_start, source) IN ?");
            return new Statements(
                    select,
                    Columns.tuplesOf(select, 2),
                    connection.session().prepare(RollupCells.insertInto(table, rollup)),
                    connection.session().prepare(RollupCells.insertRebuiltInto(table, rollup)));
        }
    }
}
