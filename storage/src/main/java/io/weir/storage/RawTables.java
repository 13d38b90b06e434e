package io.weir.storage;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.weir.core.fold.Arrival;
import io.weir.core.fold.StoredReading;
import io.weir.core.reading.Reading;
import io.weir.core.reading.ReadingKey;
import io.weir.core.rollup.RollupKey;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Writes accepted readings to the raw tables, and finds how a reading arrived, and how late a series is. Thread-safe. */
final class RawTables {

    private final PartitionLayout layout;
    private final Requests requests;
    private final BatchLimits limits;
    private final PreparedStatement insertByDevice;
    private final PreparedStatement insertByGroup;
    private final PreparedStatement selectArrivals;
    private final PreparedStatement selectLast;

    RawTables(CassandraConnection connection, PartitionLayout layout) {
        this.layout = layout;
        this.requests = connection.requests();
        this.limits = connection.batchLimits();
        this.insertByDevice = connection
                .session()
                .prepare("INSERT INTO " + connection.table("raw_by_device")
                        + " (device, metric, bucket, time, source, value, group, offset)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ?");
        this.insertByGroup = connection
                .session()
                .prepare("INSERT INTO " + connection.table("raw_by_group")
                        + " (group, metric, hour, shard, time, device, source, value, offset)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ?");
        this.selectArrivals = connection
                .session()
                .prepare("SELECT device, metric, time, offset, value FROM " + connection.table("raw_by_device")
                        + " WHERE device = ? AND metric = ? AND bucket = ? AND time IN ? AND source = ?");
        this.selectLast = connection
                .session()
                .prepare("SELECT time FROM " + connection.table("raw_by_device") + " WHERE device = ? AND metric = ?"
                        + " AND bucket = ? AND time >= ? AND time < ? ORDER BY time DESC LIMIT 1");
    }

    /** Writes each reading to both tables. */
    RequestGroup write(int source, Collection<StoredReading> readings) {
        RequestGroup group = requests.group("writing readings");
        Cells cells = new Cells();
        addByDevice(group, cells, source, readings);
        addByGroup(group, cells, source, readings);
        return group;
    }

    RequestGroup writeByDevice(int source, Collection<StoredReading> readings) {
        RequestGroup group = requests.group("writing readings by device");
        addByDevice(group, new Cells(), source, readings);
        return group;
    }

    RequestGroup writeByGroup(int source, Collection<StoredReading> readings) {
        RequestGroup group = requests.group("writing readings by group");
        addByGroup(group, new Cells(), source, readings);
        return group;
    }

    Map<ReadingKey, Arrival> read(int source, Collection<ReadingKey> keys) {
        Map<DevicePartition, List<Instant>> times = new HashMap<>();
        for (ReadingKey key : keys) {
            times.computeIfAbsent(
                            devicePartition(key.device(), key.metric(), key.time()), partition -> new ArrayList<>())
                    .add(Columns.instant(key.time()));
        }
        Queue<AsyncResultSet> answers = new ConcurrentLinkedQueue<>();
        RequestGroup group = requests.group("looking readings up");
        times.forEach((partition, all) ->
                InParts.of(all, part -> group.send(bindSelect(partition, source, part), answers::add)));
        group.await();

        Map<ReadingKey, Arrival> arrivals = new HashMap<>();
        for (AsyncResultSet answer : answers) {
            for (Row row : answer.currentPage()) {
                ReadingKey key = new ReadingKey(
                        Columns.text(row, "device"), Columns.text(row, "metric"), Columns.millis(row, "time"));
                arrivals.put(key, new Arrival(row.getLong("offset"), row.getDouble("value")));
            }
        }
        return arrivals;
    }

    /** Returns the latest event time in each hour of a device and metric, whichever source it is of. */
    Map<RollupKey, Long> readLastTimes(Collection<RollupKey> hours) {
        Map<RollupKey, Long> last = new ConcurrentHashMap<>();
        RequestGroup group = requests.group("reading last times");
        for (RollupKey hour : hours) {
            for (Instant bucket :
                    layout.rawBuckets(hour.window().start(), hour.window().end())) {
                group.send(bindLast(hour, bucket), answer -> {
                    for (Row row : answer.currentPage()) {
                        last.merge(hour, Columns.millis(row, "time"), Math::max);
                    }
                });
            }
        }
        group.await();
        return last;
    }

    private void addByDevice(RequestGroup group, Cells cells, int source, Collection<StoredReading> readings) {
        ByteBuffer ofSource = Cells.integer(source);
        PartitionBatches<DevicePartition, StoredReading> batches = new PartitionBatches<>(
                group, limits, (partition, stored) -> bindByDevice(cells, partition, ofSource, stored));
        for (StoredReading stored : readings) {
            Reading reading = stored.reading();
            batches.add(devicePartition(reading.device(), reading.metric(), reading.time()), stored);
        }
        batches.sendRest();
    }

    private void addByGroup(RequestGroup group, Cells cells, int source, Collection<StoredReading> readings) {
        ByteBuffer ofSource = Cells.integer(source);
        PartitionBatches<GroupPartition, StoredReading> batches = new PartitionBatches<>(
                group, limits, (partition, stored) -> bindByGroup(cells, partition, ofSource, stored));
        for (StoredReading stored : readings) {
            Reading reading = stored.reading();
            GroupPartition partition = new GroupPartition(
                    reading.group(), reading.metric(), layout.hourOf(reading.time()), layout.shardOf(reading.device()));
            batches.add(partition, stored);
        }
        batches.sendRest();
    }

    private BoundStatement bindByDevice(
            Cells cells, DevicePartition partition, ByteBuffer source, StoredReading stored) {
        Reading reading = stored.reading();
        return insertByDevice
                .boundStatementBuilder()
                .setBytesUnsafe(0, cells.name(partition.device()))
                .setBytesUnsafe(1, cells.name(partition.metric()))
                .setBytesUnsafe(2, Cells.timestamp(partition.bucket().toEpochMilli()))
                .setBytesUnsafe(3, Cells.timestamp(reading.time()))
                .setBytesUnsafe(4, source)
                .setBytesUnsafe(5, Cells.real(reading.value()))
                .setBytesUnsafe(6, cells.name(reading.group()))
                .setBytesUnsafe(7, Cells.bigint(stored.offset()))
                .setBytesUnsafe(8, Cells.bigint(Columns.micros(stored.timestamp())))
                .build();
    }

    private BoundStatement bindByGroup(Cells cells, GroupPartition partition, ByteBuffer source, StoredReading stored) {
        Reading reading = stored.reading();
        return insertByGroup
                .boundStatementBuilder()
                .setBytesUnsafe(0, cells.name(partition.group()))
                .setBytesUnsafe(1, cells.name(partition.metric()))
                .setBytesUnsafe(2, Cells.timestamp(partition.hour().toEpochMilli()))
                .setBytesUnsafe(3, Cells.integer(partition.shard()))
                .setBytesUnsafe(4, Cells.timestamp(reading.time()))
                .setBytesUnsafe(5, cells.name(reading.device()))
                .setBytesUnsafe(6, source)
                .setBytesUnsafe(7, Cells.real(reading.value()))
                .setBytesUnsafe(8, Cells.bigint(stored.offset()))
                .setBytesUnsafe(9, Cells.bigint(Columns.micros(stored.timestamp())))
                .build();
    }

    private BoundStatement bindSelect(DevicePartition partition, int source, List<Instant> times) {
        return selectArrivals
                .boundStatementBuilder()
                .setString(0, partition.device())
                .setString(1, partition.metric())
                .setInstant(2, partition.bucket())
                .setList(3, times, Instant.class)
                .setInt(4, source)
                .build();
    }

    private BoundStatement bindLast(RollupKey hour, Instant bucket) {
        return selectLast
                .boundStatementBuilder()
                .setString(0, hour.id())
                .setString(1, hour.metric())
                .setInstant(2, bucket)
                .setInstant(3, Columns.instant(hour.window().start()))
                .setInstant(4, Columns.instant(hour.window().end()))
                .build();
    }

    private DevicePartition devicePartition(String device, String metric, long time) {
        return new DevicePartition(device, metric, layout.rawBucketOf(time));
    }

    private record DevicePartition(String device, String metric, Instant bucket) {}

    private record GroupPartition(String group, String metric, Instant hour, int shard) {}
}
