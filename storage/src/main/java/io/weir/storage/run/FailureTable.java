package io.weir.storage.run;

import java.util.List;

/**
 * The failing queries of all topics, as a pipeline records its own. Methods throw {@link
 * io.weir.core.fold.port.TablesException} if Cassandra is unavailable. Thread-safe.
 */
public interface FailureTable {

    /** Returns all rows, in order of topic and query. */
    List<FailingQuery> readAll();

    /** Writes the state of a query, replacing the one before. */
    void write(FailingQuery failing);

    /** Deletes the row of a query that has completed a batch. */
    void clear(String topic, String query);
}
