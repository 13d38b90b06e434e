package io.weir.storage.raw;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.data.TupleValue;
import com.datastax.oss.driver.api.core.type.TupleType;
import io.weir.core.fold.port.Arrival;
import io.weir.core.fold.port.PendingWrite;
import io.weir.core.fold.port.StoredReading;
import io.weir.core.reading.ReadingKey;
import io.weir.core.rollup.RollupKey;
import io.weir.core.rollup.Scope;
import io.weir.storage.raw.RawRows.DevicePartition;
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
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Writes accepted readings to the raw tables, and looks up arrivals and last event times. Thread-safe. */
public final class RawTables {

    private final PartitionLayout layout;
    private final RetryingSession requests;
    private final BatchLimits limits;
    private final Map<Scope, PreparedStatement> inserts = new EnumMap<>(Scope.class);
    private final PreparedStatement selectArrivals;
    private final PreparedStatement selectLast;

    /** The type of a row's key in {@link #selectArrivals}: metric, time and source. */
    private final TupleType rowOfArrivals;

    public RawTables(CassandraConnection connection, PartitionLayout layout) {
        this.layout = layout;
        this.requests = connection.requests();
        this.limits = connection.batchLimits();
        for (Scope scope : Scope.values()) {
            String insert = RawRows.insertInto(connection.table(RawRows.tableOf(scope)), scope);
            inserts.put(scope, connection.session().prepare(insert));
        }
        this.selectArrivals = connection
                .session()
                .prepare("SELECT device, metric, time, offset, value FROM " + connection.table("raw_by_device")
                        + " WHERE device = ? AND bucket = ? AND (metric, time, source) IN ?");
        this.rowOfArrivals = Columns.tuplesOf(selectArrivals, 2);
        this.selectLast = connection
                .session()
                .prepare("SELECT time FROM " + connection.table("raw_by_device") + " WHERE device = ? AND bucket = ?"
                        + " AND metric = ? AND time >= ? AND time < ? ORDER BY metric DESC, time DESC LIMIT 1");
    }

    /**
     * Writes each reading to one raw table or to both.
     *
     * @param tables the raw tables: by device, by group
     */
    public PendingWrite write(int source, Set<Scope> tables, Collection<StoredReading> readings) {
        WriteGroup group = requests.group("writing readings");
        tables.forEach(table -> add(group, table, source, readings));
        return group;
    }

    public Map<ReadingKey, Arrival> read(int source, Collection<ReadingKey> keys) {
        Map<DevicePartition, List<ReadingKey>> partitions = new HashMap<>();
        for (ReadingKey key : keys) {
            partitions
                    .computeIfAbsent(
                            new DevicePartition(key.device(), layout.rawBucketOf(key.time())),
                            partition -> new ArrayList<>())
                    .add(key);
        }
        Queue<Row> responses = new ConcurrentLinkedQueue<>();
        WriteGroup group = requests.group("looking up readings");
        partitions.forEach((partition, all) -> InParts.of(
                all,
                part -> group.send(bindSelect(partition, source, part), part.size() * RowBounds.RAW, responses::add)));
        group.await();

        Map<ReadingKey, Arrival> found = new HashMap<>();
        for (Row row : responses) {
            ReadingKey key = new ReadingKey(
                    Columns.text(row, "device"), Columns.text(row, "metric"), Columns.millis(row, "time"));
            CompleteRow.require(
                    row,
                    CompleteRow.ARRIVAL,
                    "raw_by_device",
                    () -> CompleteRow.keyByDevice(
                            key.device(),
                            layout.rawBucketOf(key.time()),
                            key.metric(),
                            Columns.instant(key.time()),
                            source));
            found.put(key, new Arrival(row.getLong("offset"), row.getDouble("value")));
        }
        return found;
    }

    /** Returns the latest event time in each hour of a device and metric, over all sources. */
    public Map<RollupKey, Long> readLastTimes(Collection<RollupKey> hours) {
        Map<RollupKey, Long> last = new ConcurrentHashMap<>();
        WriteGroup group = requests.group("reading last times");
        for (RollupKey hour : hours) {
            for (Instant bucket :
                    layout.rawBuckets(hour.window().start(), hour.window().end())) {
                group.send(
                        bindLast(hour, bucket),
                        RowBounds.RAW,
                        row -> last.merge(hour, Columns.millis(row, "time"), Math::max));
            }
        }
        group.await();
        return last;
    }

    private void add(WriteGroup group, Scope table, int source, Collection<StoredReading> readings) {
        RawRows rows = new RawRows(table, layout, source);
        PreparedStatement insert = Objects.requireNonNull(inserts.get(table));
        PartitionBatches<Object, StoredReading> batches =
                new PartitionBatches<>(group, limits, (partition, stored) -> Cells.bind(insert, rows.cellsOf(stored)));
        for (StoredReading stored : readings) {
            batches.add(rows.partitionOf(stored), stored);
        }
        batches.sendRest();
    }

    private BoundStatement bindSelect(DevicePartition partition, int source, List<ReadingKey> keys) {
        List<TupleValue> rows = keys.stream()
                .map(key -> rowOfArrivals.newValue(key.metric(), Columns.instant(key.time()), source))
                .toList();
        return selectArrivals
                .boundStatementBuilder()
                .setString(0, partition.device())
                .setInstant(1, partition.bucket())
                .setList(2, rows, TupleValue.class)
                .build();
    }

    private BoundStatement bindLast(RollupKey hour, Instant bucket) {
        return selectLast
                .boundStatementBuilder()
                .setString(0, hour.id())
                .setInstant(1, bucket)
                .setString(2, hour.metric())
                .setInstant(3, Columns.instant(hour.window().start()))
                .setInstant(4, Columns.instant(hour.window().end()))
                .build();
    }
}
