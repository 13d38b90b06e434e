package io.weir.query.log;

import io.weir.storage.ledger.SourceLedger;
import java.util.Collection;
import java.util.Map;

/** Provides the end offsets of the logs of sources, to compute the lag. */
public interface LogEnds {

    /**
     * Returns, by source number, the log's end offset: the offset of its next record. Sources whose topic was deleted
     * or recreated are absent.
     *
     * @throws LogUnreachableException if Kafka does not answer in bounded time
     */
    Map<Integer, Long> of(Collection<SourceLedger> sources);
}
