package io.weir.storage.raw;

import io.weir.core.fold.port.StoredReading;
import io.weir.core.reading.Reading;
import io.weir.core.rollup.Scope;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.session.Cells;
import io.weir.storage.session.Columns;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/**
 * Encodes readings of one source as rows of a raw table: computes their partitions, and their cells in the order of the
 * insert statement's markers. Not thread-safe.
 */
public final class RawRows {

    private final Scope scope;
    private final PartitionLayout layout;
    private final ByteBuffer source;
    private final Cells cells = new Cells();

    /** @param scope the device for {@code raw_by_device}, the group for {@code raw_by_group} */
    public RawRows(Scope scope, PartitionLayout layout, int source) {
        this.scope = scope;
        this.layout = layout;
        this.source = Cells.integer(source);
    }

    static String tableOf(Scope scope) {
        return switch (scope) {
            case DEVICE -> "raw_by_device";
            case GROUP -> "raw_by_group";
        };
    }

    /**
     * Returns the statement that inserts a row.
     *
     * @param table the name of the table with its keyspace
     */
    static String insertInto(String table, Scope scope) {
        String columns =
                switch (scope) {
                    case DEVICE -> "device, bucket, metric, time, source, value, group, offset";
                    case GROUP -> "group, metric, hour, shard, time, device, source, value, offset";
                };
        return Cells.insertInto(table, columns);
    }

    /** Returns an object that is equal for readings of the same partition. */
    Object partitionOf(StoredReading stored) {
        Reading reading = stored.reading();
        return switch (scope) {
            case DEVICE -> new DevicePartition(reading.device(), layout.rawBucketOf(reading.time()));
            case GROUP ->
                new GroupPartition(
                        reading.group(),
                        reading.metric(),
                        layout.hourOf(reading.time()),
                        layout.shardOf(reading.device()));
        };
    }

    public List<ByteBuffer> cellsOf(StoredReading stored) {
        Reading reading = stored.reading();
        ByteBuffer device = cells.name(reading.device());
        ByteBuffer group = cells.name(reading.group());
        ByteBuffer metric = cells.name(reading.metric());
        ByteBuffer time = Cells.timestamp(reading.time());
        ByteBuffer value = Cells.real(reading.value());
        ByteBuffer offset = Cells.bigint(stored.offset());
        ByteBuffer written = Cells.bigint(Columns.micros(stored.timestamp()));
        return switch (scope) {
            case DEVICE -> {
                ByteBuffer bucket =
                        Cells.timestamp(layout.rawBucketOf(reading.time()).toEpochMilli());
                yield List.of(device, bucket, metric, time, source, value, group, offset, written);
            }
            case GROUP -> {
                ByteBuffer hour = Cells.timestamp(layout.hourOf(reading.time()).toEpochMilli());
                ByteBuffer shard = Cells.integer(layout.shardOf(reading.device()));
                yield List.of(group, metric, hour, shard, time, device, source, value, offset, written);
            }
        };
    }

    record DevicePartition(String device, Instant bucket) {}

    private record GroupPartition(String group, String metric, Instant hour, int shard) {}
}
