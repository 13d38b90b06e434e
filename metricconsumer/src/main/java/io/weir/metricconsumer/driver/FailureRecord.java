package io.weir.metricconsumer.driver;

import io.weir.core.fold.port.TablesException;
import io.weir.metricconsumer.failure.RepeatedFailureException;
import io.weir.storage.run.FailingQuery;
import io.weir.storage.run.FailureTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Mirrors the driver's view of failing queries to their table while Cassandra can be reached. Not thread-safe. */
final class FailureRecord {

    private static final Logger LOG = LoggerFactory.getLogger(FailureRecord.class);

    private final FailureTable table;
    private final String topic;
    private final List<QueryFailures> queries;
    private final Map<String, FailingQuery> recorded = new HashMap<>();

    FailureRecord(FailureTable table, String topic, List<QueryFailures> queries) {
        this.table = table;
        this.topic = topic;
        this.queries = queries;
    }

    /**
     * Restores the queries' failure counts from the table.
     *
     * @param crashed whether the previous process ended without recording its stop
     * @throws RepeatedFailureException if that crash reaches the limit of failures
     * @throws TablesException if Cassandra is unavailable
     */
    void restore(boolean crashed) {
        table.readAll().stream()
                .filter(found -> found.topic().equals(topic))
                .forEach(found -> recorded.put(found.query(), found));
        clearOtherQueries(); // first: if it fails, no crash is counted
        try {
            queries.forEach(query -> resume(query, crashed));
        } finally {
            update();
        }
    }

    /** Writes the changes since the last call; if Cassandra is unavailable, the next call writes them. */
    void update() {
        try {
            queries.forEach(this::update);
        } catch (TablesException e) {
            LOG.debug("cannot record failing queries, will try again: {}", e.getMessage());
        }
    }

    /** A row without failures means that the previous process had not completed a batch yet. */
    private void resume(QueryFailures query, boolean crashed) {
        FailingQuery before = recorded.get(query.query());
        if (before == null) {
            return;
        }
        if (crashed || before.hasFailed()) {
            query.resume(before);
        }
        if (crashed) {
            query.recordCrash();
        }
    }

    private void update(QueryFailures query) {
        Optional<FailingQuery> now = query.state();
        if (now.equals(Optional.ofNullable(recorded.get(query.query())))) {
            return;
        }
        if (now.isPresent()) {
            table.write(now.get());
            recorded.put(query.query(), now.get());
        } else {
            table.clear(topic, query.query());
            recorded.remove(query.query());
        }
    }

    /** Clears the rows of queries that belong to another layout. */
    private void clearOtherQueries() {
        List<String> own = queries.stream().map(QueryFailures::query).toList();
        List<String> others =
                recorded.keySet().stream().filter(name -> !own.contains(name)).toList();
        for (String other : others) {
            table.clear(topic, other);
            recorded.remove(other);
        }
    }
}
