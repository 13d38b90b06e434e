package io.weir.storage.raw;

import io.weir.core.reading.NameOrder;
import io.weir.core.rollup.Scope;
import io.weir.storage.read.Adjacent;
import io.weir.storage.read.Deferred;
import io.weir.storage.read.Flattened;
import io.weir.storage.read.Merged;
import io.weir.storage.read.Rows;
import io.weir.storage.read.ScopedMetric;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.session.RowBounds;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** Reads the two raw tables partition by partition; for a long span, reads only existing partitions. Thread-safe. */
public final class CassandraRawReader implements RawReader {

    private static final Comparator<RawReading> ORDER = Comparator.<RawReading>comparingLong(
                    raw -> raw.reading().time())
            .thenComparing(raw -> raw.reading().device(), NameOrder.INSTANCE)
            .thenComparingInt(RawReading::source);

    private final RawByDevice byDevice;
    private final RawByGroup byGroup;

    public CassandraRawReader(CassandraConnection connection, PartitionLayout layout) {
        byDevice = new RawByDevice(connection, layout);
        byGroup = new RawByGroup(connection, layout);
    }

    @Override
    public Stream<RawReading> read(ScopedMetric of, long from, long to) {
        RawTable table = table(of);
        Iterator<List<RawPartition>> slots = new Adjacent<>(
                table.partitionsBetween(of, from, to),
                (first, next) -> next.from() == first.from()); // the shards of a time, whose rows must be merged
        return Rows.stream(new Flattened<>(
                slots, slot -> merged(table, slot, from, to), 0, RowBounds.RAW_PAGES_AHEAD / table.shards()));
    }

    @Override
    public RawPartition partitionOf(ScopedMetric of, long time) {
        return table(of).partitionOf(of, time);
    }

    private RawTable table(ScopedMetric of) {
        return of.scope() == Scope.DEVICE ? byDevice : byGroup;
    }

    private static Iterator<RawReading> merged(RawTable table, List<RawPartition> slot, long from, long to) {
        List<Iterator<RawReading>> shards =
                slot.stream().map(partition -> table.rows(partition, from, to)).toList();
        return shards.size() == 1 ? shards.get(0) : new Deferred<>(() -> new Merged<>(shards, ORDER));
    }
}
