package io.weir.storage.run;

import java.util.List;
import java.util.Set;

/** Reads the queries that have failed and have completed no batch since. */
public interface FailureReader {

    /**
     * Returns the failing queries, in order of topic and query.
     *
     * @throws io.weir.core.fold.port.TablesException if the tables cannot be reached
     */
    List<FailingQuery> failing();

    /**
     * Returns the topics whose pipeline has started and has not reported its end since, including pipelines that were
     * killed.
     *
     * @throws io.weir.core.fold.port.TablesException if the tables cannot be reached
     */
    Set<String> running();
}
