package io.weir.storage.raw;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.weir.core.reading.Reading;
import io.weir.storage.read.Chunks;
import io.weir.storage.read.Deferred;
import io.weir.storage.read.Flattened;
import io.weir.storage.read.InParts;
import io.weir.storage.read.Rows;
import io.weir.storage.read.ScopedMetric;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.session.Columns;
import io.weir.storage.session.RowBounds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/** The table {@code raw_by_group}. */
public final class RawByGroup implements RawTable {

    private static final int REQUESTS_AHEAD = 4;
    private static final Comparator<RawPartition> ORDER =
            Comparator.comparingLong(RawPartition::from).thenComparingInt(RawPartition::shard);

    private final CqlSession session;
    private final PartitionLayout layout;
    private final List<Integer> shards;
    private final PreparedStatement existing;
    private final PreparedStatement rows;

    RawByGroup(CassandraConnection connection, PartitionLayout layout) {
        this.session = connection.session();
        String table = connection.table("raw_by_group");
        this.layout = layout;
        shards = IntStream.range(0, layout.groupShards()).boxed().toList();
        existing = session.prepare("SELECT DISTINCT group, metric, hour, shard FROM " + table
                + " WHERE group = ? AND metric = ? AND hour IN ? AND shard IN ?");
        rows = Rows.prepare(
                session,
                "SELECT time, device, source, value, offset FROM " + table
                        + " WHERE group = ? AND metric = ? AND hour = ? AND shard = ? AND time >= ? AND time < ?",
                RowBounds.RAW_PER_PAGE);
    }

    @Override
    public Iterator<RawPartition> partitionsBetween(ScopedMetric of, long from, long to) {
        int hoursPerRequest = Math.max(1, InParts.MAX_VALUES / shards.size());
        Iterator<List<Instant>> chunks = new Chunks<>(layout.hours(from, to), hoursPerRequest);
        return new Flattened<>(chunks, chunk -> existing(of, chunk), 0, REQUESTS_AHEAD);
    }

    @Override
    public Iterator<RawReading> rows(RawPartition partition, long from, long to) {
        ScopedMetric of = partition.of();
        Iterator<Row> found = Rows.of(
                session,
                rows.bind(
                        of.id(),
                        of.metric(),
                        Instant.ofEpochMilli(partition.from()),
                        partition.shard(),
                        Instant.ofEpochMilli(from),
                        Instant.ofEpochMilli(to)));
        return Rows.mapped(found, row -> reading(partition, row));
    }

    @Override
    public int shards() {
        return shards.size();
    }

    @Override
    public RawPartition partitionOf(ScopedMetric of, long time) {
        return partition(of, layout.hourOf(time), 0);
    }

    /** Returns the partition of an hour that starts at an instant. */
    public static RawPartition partition(ScopedMetric of, Instant hour, int shard) {
        return new RawPartition(
                of, hour.toEpochMilli(), hour.plus(Duration.ofHours(1)).toEpochMilli(), shard);
    }

    private Iterator<RawPartition> existing(ScopedMetric of, List<Instant> hours) {
        if (hours.size() == 1) {
            return shards.stream()
                    .map(shard -> partition(of, hours.get(0), shard))
                    .iterator(); // reading them shows whether they exist
        }
        Iterator<Row> rows = Rows.of(session, existing.bind(of.id(), of.metric(), hours, shards));
        return new Deferred<>(() -> sorted(of, rows));
    }

    private static Iterator<RawPartition> sorted(ScopedMetric of, Iterator<Row> rows) {
        List<RawPartition> found = new ArrayList<>();
        rows.forEachRemaining(row ->
                found.add(partition(of, Instant.ofEpochMilli(Columns.millis(row, "hour")), row.getInt("shard"))));
        found.sort(ORDER);
        return found.iterator();
    }

    /**
     * Reads a row.
     *
     * @throws io.weir.core.fold.port.TablesException naming the row, if it is not complete
     */
    static RawReading reading(RawPartition partition, Row row) {
        ScopedMetric of = partition.of();
        Instant time = Columns.instant(Columns.millis(row, "time"));
        String device = Columns.text(row, "device");
        int source = row.getInt("source");
        CompleteRow.require(
                row,
                CompleteRow.BY_GROUP,
                "raw_by_group",
                () -> CompleteRow.keyByGroup(
                        of.id(),
                        of.metric(),
                        Columns.instant(partition.from()),
                        partition.shard(),
                        time,
                        device,
                        source));
        Reading reading = new Reading(device, of.id(), of.metric(), time.toEpochMilli(), row.getDouble("value"));
        return new RawReading(reading, source, row.getLong("offset"));
    }
}
