package io.weir.storage.rollup;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Scope;
import io.weir.storage.read.Rows;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.session.Columns;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Reads {@code month_by_device} and {@code day_by_device}, without sums and sketches. Thread-safe. */
public final class CassandraActivityReader implements ActivityReader {

    /** Rows of one request in memory. */
    private static final int PAGE = 500;

    private final CqlSession session;
    private final PartitionLayout layout;
    private final PreparedStatement months;
    private final PreparedStatement days;

    public CassandraActivityReader(CassandraConnection connection, PartitionLayout layout) {
        this.session = connection.session();
        this.layout = layout;
        this.months = prepare(connection, Resolution.MONTH, "");
        this.days = prepare(connection, Resolution.DAY, " AND metric = ? AND window_start >= ? AND window_start < ?");
    }

    @Override
    public List<Stream<MetricActivity>> months(List<String> devices, long from, long to) {
        List<Integer> buckets = layout.rollupBuckets(from, to);
        return read(devices.stream()
                .<Statement<?>>map(device -> months.bind(device, buckets))
                .toList());
    }

    @Override
    public List<Stream<MetricActivity>> days(List<DaysOfMetric> questions) {
        return read(questions.stream()
                .<Statement<?>>map(asked -> days.bind(
                        asked.device(),
                        layout.rollupBuckets(asked.from(), asked.to()),
                        asked.metric(),
                        Instant.ofEpochMilli(asked.from()),
                        Instant.ofEpochMilli(asked.to())))
                .toList());
    }

    private List<Stream<MetricActivity>> read(List<Statement<?>> statements) {
        return Rows.ofEach(session, statements).stream()
                .map(rows -> Rows.stream(rows)
                        .filter(row -> row.getLong("count") > 0) // of a row that was rebuilt to nothing
                        .map(CassandraActivityReader::activity))
                .toList();
    }

    private PreparedStatement prepare(CassandraConnection connection, Resolution resolution, String more) {
        RollupTable table = new RollupTable(Scope.DEVICE, resolution);
        return session.prepare(SimpleStatement.newInstance(
                        "SELECT metric, window_start, count, first_time, last_time, last_value FROM "
                                + connection.table(table.table()) + " WHERE device = ? AND bucket IN ?" + more)
                .setPageSize(PAGE));
    }

    private static MetricActivity activity(Row row) {
        return new MetricActivity(
                Columns.text(row, "metric"),
                Columns.millis(row, "window_start"),
                row.getLong("count"),
                Columns.millis(row, "first_time"),
                Columns.millis(row, "last_time"),
                row.getDouble("last_value"));
    }
}
