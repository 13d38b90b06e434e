package io.weir.benchmarks.steady;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.weir.benchmarks.latency.ProbedTables;
import io.weir.storage.read.ScopedMetric;
import io.weir.storage.session.CassandraConnection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/** {@link io.weir.benchmarks.variant.PlainTables} as probes read them. */
final class PlainProbedTables implements ProbedTables {

    private final CassandraConnection connection;
    private final PreparedStatement times;
    private final PreparedStatement counts;

    PlainProbedTables(CassandraConnection connection) {
        this.connection = connection;
        times = connection
                .session()
                .prepare("SELECT time FROM " + connection.table("raw_by_device")
                        + " WHERE device = ? AND metric = ? AND day = ? AND time >= ? AND time < ?");
        counts = connection
                .session()
                .prepare("SELECT count FROM " + connection.table("hour_by_device")
                        + " WHERE id = ? AND metric = ? AND window_start >= ? AND window_start < ?");
    }

    @Override
    public Set<Long> rawTimes(ScopedMetric series, long from, long to) {
        Instant first = Instant.ofEpochMilli(from);
        Instant end = Instant.ofEpochMilli(to);
        Set<Long> found = new HashSet<>();
        Instant day = first.truncatedTo(ChronoUnit.DAYS);
        for (; day.isBefore(end); day = day.plus(1, ChronoUnit.DAYS)) {
            for (Row row : connection.session().execute(times.bind(series.id(), series.metric(), day, first, end))) {
                found.add(Objects.requireNonNull(row.getInstant("time")).toEpochMilli());
            }
        }
        return found;
    }

    @Override
    public long countByHour(ScopedMetric series, long from, long to) {
        long counted = 0;
        for (Row row : connection
                .session()
                .execute(counts.bind(
                        series.id(), series.metric(), Instant.ofEpochMilli(from), Instant.ofEpochMilli(to)))) {
            counted += row.getLong("count");
        }
        return counted;
    }

    @Override
    public boolean hasRollups() {
        return true;
    }
}
