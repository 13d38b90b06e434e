package io.weir.query.log;

import io.weir.core.fold.port.LogRecord;
import io.weir.storage.ledger.SourceLedger;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the logs of sources in order. Not thread-safe. */
public interface LogReader {

    /**
     * The offsets [begin, end) that the log of a source holds.
     *
     * @param end the offset of the next record
     */
    record Bounds(long begin, long end) {}

    /**
     * Returns the bounds of a source's log; empty if the topic was deleted or recreated.
     *
     * @throws LogUnreachableException if the log does not answer
     */
    Optional<Bounds> bounds(SourceLedger source);

    /**
     * Passes on the records that the log still holds from the first to the last offset, in order and in batches.
     *
     * @return the first available offset: later than requested if records expired meanwhile
     * @throws LogUnreachableException if Kafka does not answer, or the topic was deleted or recreated
     */
    long read(SourceLedger source, long first, long last, Consumer<List<LogRecord>> taker);
}
