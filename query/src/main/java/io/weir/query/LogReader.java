package io.weir.query;

import io.weir.core.fold.LogRecord;
import io.weir.storage.read.SourceLedger;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the logs of sources in order. For one thread. */
public interface LogReader {

    /**
     * What the log of a source holds: the offsets [begin, end).
     *
     * @param end the offset of the next record
     */
    record Bounds(long begin, long end) {}

    /**
     * Returns what a source's log holds; empty if the log is gone, also if another topic has its name.
     *
     * @throws LogUnreachableException if the log does not answer
     */
    Optional<Bounds> bounds(SourceLedger source);

    /**
     * Passes on the records from the first to the last offset that the log still holds, in order, a few at a time.
     *
     * @return the first offset that was held: later than asked for if records expired meanwhile
     * @throws LogUnreachableException if the log does not answer, or is not the source's any more
     */
    long read(SourceLedger source, long first, long last, Consumer<List<LogRecord>> taker);
}
