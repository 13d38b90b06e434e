package io.weir.storage.run;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.session.Columns;
import io.weir.storage.session.RetryingSession;
import io.weir.storage.source.SourceRegistry;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The queries that have completed no batch since they failed: at most one row for each query of each topic. Each row is
 * written only by its pipeline. Thread-safe.
 */
public final class FailingQueries implements FailureTable {

    /** The time after which a row expires, so that a pipeline that is never started again is not reported forever. */
    private static final Duration TIME_TO_LIVE = Duration.ofDays(7);

    private static final String REGISTRY = SourceRegistry.REGISTRY;

    private final RetryingSession requests;
    private final PreparedStatement select;
    private final PreparedStatement insert;
    private final PreparedStatement delete;

    public FailingQueries(CassandraConnection connection) {
        this.requests = connection.requests();
        String table = connection.table("failing_queries");
        this.select = connection
                .session()
                .prepare("SELECT topic, query, since, failed_at, failures, lasting, message, source, partition FROM "
                        + table + " WHERE registry = ?");
        this.insert = connection
                .session()
                .prepare("INSERT INTO " + table
                        + " (registry, topic, query, since, failed_at, failures, lasting, message, source, partition)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) USING TTL " + TIME_TO_LIVE.toSeconds());
        this.delete = connection
                .session()
                .prepare("DELETE FROM " + table + " WHERE registry = ? AND topic = ? AND query = ?");
    }

    @Override
    public List<FailingQuery> readAll() {
        return requests.execute("reading which queries are failing", select.bind(REGISTRY)).stream()
                .map(FailingQueries::query)
                .toList();
    }

    @Override
    public void write(FailingQuery failing) {
        requests.execute(
                "recording that a query is failing",
                insert.bind(
                        REGISTRY,
                        failing.topic(),
                        failing.query(),
                        failing.since().truncatedTo(ChronoUnit.MILLIS),
                        failing.failedAt().truncatedTo(ChronoUnit.MILLIS),
                        failing.failures(),
                        failing.lasting(),
                        failing.message(),
                        failing.source(),
                        failing.partition()));
    }

    @Override
    public void clear(String topic, String query) {
        requests.execute("recording that a query has completed a batch", delete.bind(REGISTRY, topic, query));
    }

    private static FailingQuery query(Row row) {
        return new FailingQuery(
                Columns.text(row, "topic"),
                Columns.text(row, "query"),
                Columns.instant(Columns.millis(row, "since")),
                Columns.instant(Columns.millis(row, "failed_at")),
                row.getInt("failures"),
                row.getInt("lasting"),
                Columns.text(row, "message"),
                row.get("source", Integer.class),
                row.get("partition", Integer.class));
    }
}
