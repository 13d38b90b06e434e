package io.weir.storage.raw;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.weir.core.reading.Reading;
import io.weir.storage.read.ExistingBuckets;
import io.weir.storage.read.Rows;
import io.weir.storage.read.ScopedMetric;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.schema.RawBucket;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.session.Columns;
import io.weir.storage.session.RowBounds;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;

/** The table {@code raw_by_device}. */
public final class RawByDevice implements RawTable {

    private final CqlSession session;
    private final PartitionLayout layout;
    private final PreparedStatement existing;
    private final PreparedStatement rows;

    RawByDevice(CassandraConnection connection, PartitionLayout layout) {
        this.session = connection.session();
        String table = connection.table("raw_by_device");
        this.layout = layout;
        existing =
                session.prepare("SELECT DISTINCT device, bucket FROM " + table + " WHERE device = ? AND bucket IN ?");
        rows = Rows.prepare(
                session,
                "SELECT time, source, value, group, offset FROM " + table
                        + " WHERE device = ? AND bucket = ? AND metric = ? AND time >= ? AND time < ?",
                RowBounds.RAW_PER_PAGE);
    }

    @Override
    public Iterator<RawPartition> partitionsBetween(ScopedMetric of, long from, long to) {
        Iterator<Instant> buckets = ExistingBuckets.of(
                layout.rawBuckets(from, to),
                candidates -> Rows.of(session, existing.bind(of.id(), candidates)),
                row -> Instant.ofEpochMilli(Columns.millis(row, "bucket")));
        return Rows.mapped(buckets, bucket -> partition(of, bucket, layout));
    }

    @Override
    public Iterator<RawReading> rows(RawPartition partition, long from, long to) {
        ScopedMetric of = partition.of();
        Instant bucket = Instant.ofEpochMilli(partition.from());
        Iterator<Row> found = Rows.of(
                session, rows.bind(of.id(), bucket, of.metric(), Instant.ofEpochMilli(from), Instant.ofEpochMilli(to)));
        return Rows.mapped(found, row -> reading(of, bucket, row));
    }

    @Override
    public int shards() {
        return 1;
    }

    @Override
    public RawPartition partitionOf(ScopedMetric of, long time) {
        return partition(of, layout.rawBucketOf(time), layout);
    }

    /** Returns the partition of a bucket that starts at an instant. */
    public static RawPartition partition(ScopedMetric of, Instant bucket, PartitionLayout layout) {
        Duration length = layout.rawBucket() == RawBucket.DAY ? Duration.ofDays(1) : Duration.ofHours(1);
        return new RawPartition(of, bucket.toEpochMilli(), bucket.plus(length).toEpochMilli(), 0);
    }

    /**
     * Reads a row.
     *
     * @throws io.weir.core.fold.port.TablesException naming the row, if it is not complete
     */
    static RawReading reading(ScopedMetric of, Instant bucket, Row row) {
        Instant time = Columns.instant(Columns.millis(row, "time"));
        int source = row.getInt("source");
        CompleteRow.require(
                row,
                CompleteRow.BY_DEVICE,
                "raw_by_device",
                () -> CompleteRow.keyByDevice(of.id(), bucket, of.metric(), time, source));
        Reading reading = new Reading(
                of.id(), Columns.text(row, "group"), of.metric(), time.toEpochMilli(), row.getDouble("value"));
        return new RawReading(reading, source, row.getLong("offset"));
    }
}
