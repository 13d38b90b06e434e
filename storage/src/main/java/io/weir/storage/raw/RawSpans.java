package io.weir.storage.raw;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.weir.core.fold.port.ArrivedReading;
import io.weir.core.fold.port.RawSpan;
import io.weir.storage.read.ScopedMetric;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.session.Columns;
import io.weir.storage.session.RetryingSession;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Reads raw rows for a rebuild: partition by partition and page by page, so that memory does not depend on the number
 * of rows. Thread-safe.
 */
public final class RawSpans {

    private static final String PURPOSE = "reading raw rows for a rebuild";

    private final PartitionLayout layout;
    private final RetryingSession requests;
    private final PreparedStatement byDevice;
    private final PreparedStatement byGroup;

    public RawSpans(CassandraConnection connection, PartitionLayout layout) {
        this.layout = layout;
        this.requests = connection.requests();
        this.byDevice = connection
                .session()
                .prepare("SELECT time, source, group, value, offset FROM " + connection.table("raw_by_device")
                        + " WHERE device = ? AND bucket = ? AND metric = ? AND time >= ? AND time < ?");
        this.byGroup = connection
                .session()
                .prepare("SELECT time, source, device, value, offset FROM " + connection.table("raw_by_group")
                        + " WHERE group = ? AND metric = ? AND hour = ? AND shard = ? AND time >= ? AND time < ?");
    }

    /**
     * Passes the rows of one source to a consumer, in order of partition, then time, then device. A partition contains
     * rows of all sources, which are filtered here.
     */
    public void read(int source, RawSpan span, Consumer<ArrivedReading> reader) {
        Instant from = Columns.instant(span.from());
        Instant to = Columns.instant(span.to());
        switch (span.scope()) {
            case DEVICE -> {
                for (Instant bucket : layout.rawBuckets(span.from(), span.to())) {
                    read(
                            source,
                            byDevice.bind(span.id(), bucket, span.metric(), from, to),
                            row -> reader.accept(byDevice(span, bucket, row)));
                }
            }
            case GROUP -> {
                for (Instant hour : layout.hours(span.from(), span.to())) {
                    for (int shard = 0; shard < layout.groupShards(); shard++) {
                        int ofShard = shard;
                        read(
                                source,
                                byGroup.bind(span.id(), span.metric(), hour, shard, from, to),
                                row -> reader.accept(byGroup(span, hour, ofShard, row)));
                    }
                }
            }
        }
    }

    private void read(int source, BoundStatement partition, Consumer<Row> reader) {
        requests.executeByPage(PURPOSE, partition, row -> {
            if (row.getInt("source") == source) {
                reader.accept(row);
            }
        });
    }

    private static ScopedMetric of(RawSpan span) {
        return new ScopedMetric(span.scope(), span.id(), span.metric());
    }

    private static ArrivedReading byDevice(RawSpan span, Instant bucket, Row row) {
        RawReading raw = RawByDevice.reading(of(span), bucket, row);
        return new ArrivedReading(raw.reading(), raw.offset());
    }

    private static ArrivedReading byGroup(RawSpan span, Instant hour, int shard, Row row) {
        RawReading raw = RawByGroup.reading(RawByGroup.partition(of(span), hour, shard), row);
        return new ArrivedReading(raw.reading(), raw.offset());
    }
}
