package io.weir.storage.read;

import io.weir.storage.FailingQuery;
import java.util.List;

/** Reads which queries of which pipelines have failed and have completed no batch since. */
public interface FailureReader {

    /**
     * Returns them in order of topic and query.
     *
     * @throws io.weir.core.fold.TablesException if the tables cannot be reached
     */
    List<FailingQuery> failing();
}
