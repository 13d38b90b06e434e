package io.weir.storage.run;

import io.weir.storage.session.CassandraConnection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the tables {@code failing_queries} and {@code runs}. Thread-safe. */
public final class CassandraFailureReader implements FailureReader {

    private final FailingQueries queries;
    private final Runs runs;

    public CassandraFailureReader(CassandraConnection connection) {
        queries = new FailingQueries(connection);
        runs = new Runs(connection);
    }

    /** Excludes queries that have not failed since their pipeline started. */
    @Override
    public List<FailingQuery> failing() {
        return queries.readAll().stream().filter(FailingQuery::hasFailed).toList();
    }

    @Override
    public Set<String> running() {
        return runs.readAll().stream()
                .filter(run -> !run.stopped())
                .map(Run::topic)
                .collect(Collectors.toSet());
    }
}
