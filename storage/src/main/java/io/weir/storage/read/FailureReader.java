package io.weir.storage.read;

import io.weir.storage.FailingQuery;
import java.util.List;
import java.util.Set;

/** Reads which queries of which pipelines have failed and have completed no batch since. */
public interface FailureReader {

    /**
     * Returns them in order of topic and query.
     *
     * @throws io.weir.core.fold.TablesException if the tables cannot be reached
     */
    List<FailingQuery> failing();

    /**
     * Returns the topics whose pipeline has started, and has not said since that it ends. One that was killed is among
     * them.
     *
     * @throws io.weir.core.fold.TablesException if the tables cannot be reached
     */
    Set<String> running();
}
