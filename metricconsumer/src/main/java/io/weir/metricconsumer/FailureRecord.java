package io.weir.metricconsumer;

import io.weir.core.fold.TablesException;
import io.weir.storage.FailingQueries;
import io.weir.storage.FailingQuery;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the table of failing queries as the driver sees its own, while Cassandra can be reached. For one thread. */
final class FailureRecord {

    private static final Logger LOG = LoggerFactory.getLogger(FailureRecord.class);

    private final FailingQueries table;
    private final String topic;
    private final List<QueryFailures> queries;
    private final Map<String, FailingQuery> recorded = new HashMap<>();

    FailureRecord(FailingQueries table, String topic, List<QueryFailures> queries) {
        this.table = table;
        this.topic = topic;
        this.queries = queries;
    }

    /**
     * Lets the queries go on from what the table says of them.
     *
     * @param crashed whether the process before this one has ended without saying so
     * @throws RepeatedFailureException if that was one crash too many
     * @throws TablesException if Cassandra is away
     */
    void begin(boolean crashed) {
        table.readAll().stream()
                .filter(found -> found.topic().equals(topic))
                .forEach(found -> recorded.put(found.query(), found));
        try {
            queries.forEach(query -> resume(query, crashed));
        } finally {
            update();
            forgetOthers();
        }
    }

    /** Writes what has changed since the last time; in vain while Cassandra is away, and then the next call does it. */
    void update() {
        try {
            queries.forEach(this::update);
        } catch (TablesException e) {
            LOG.debug("cannot record now which queries are failing: {}", e.getMessage());
        }
    }

    /** A row without failures says that the process before had not completed a batch yet. */
    private void resume(QueryFailures query, boolean crashed) {
        FailingQuery before = recorded.get(query.query());
        if (before == null) {
            return;
        }
        if (crashed || before.hasFailed()) {
            query.resume(before);
        }
        if (crashed) {
            query.crashed();
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

    /** Another layout had other queries. */
    private void forgetOthers() {
        List<String> own = queries.stream().map(QueryFailures::query).toList();
        List<String> others =
                recorded.keySet().stream().filter(name -> !own.contains(name)).toList();
        for (String other : others) {
            table.clear(topic, other);
            recorded.remove(other);
        }
    }
}
