package io.weir.query;

import io.weir.storage.read.SourceLedger;
import java.util.Collection;
import java.util.Map;

/** Says where the logs of sources end, so that a status can say how far behind the tables are. */
public interface LogEnds {

    /**
     * Returns, by the number of the source, the offset that its next record will get. Sources whose log is gone, because
     * the topic was deleted or created again, are absent.
     *
     * @throws LogUnreachableException if the log cannot be asked in bounded time
     */
    Map<Integer, Long> of(Collection<SourceLedger> sources);
}
