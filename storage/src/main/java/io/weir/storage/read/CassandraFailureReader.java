package io.weir.storage.read;

import io.weir.storage.CassandraConnection;
import io.weir.storage.FailingQueries;
import io.weir.storage.FailingQuery;
import java.util.List;

/** Reads the table {@code failing_queries}. Thread-safe. */
public final class CassandraFailureReader implements FailureReader {

    private final FailingQueries queries;

    public CassandraFailureReader(CassandraConnection connection) {
        queries = new FailingQueries(connection);
    }

    /** Leaves out queries of which nothing is known but that their pipeline has started. */
    @Override
    public List<FailingQuery> failing() {
        return queries.readAll().stream().filter(FailingQuery::hasFailed).toList();
    }
}
