package io.weir.core.fold.hostile;

import io.weir.core.Heap;
import io.weir.core.fold.engine.DecidingFold;
import io.weir.core.fold.engine.FoldSettings;
import io.weir.core.fold.port.LogRecord;
import io.weir.core.reading.JsonReadingDecoder;
import java.util.ArrayList;
import java.util.List;

/**
 * One fold that applies one log after the other, as the fold of a source does for years, and the heap that it retains.
 * Not thread-safe; measures correctly only if no other thread allocates.
 */
final class LongLivedFold {

    private final DecidingFold fold;
    private final long stepBytes;

    /** The heap bytes that were in use before this fold existed. */
    private final long others;

    private long nextOffset;

    /** The bytes of the log that is being applied, without the chunk that the fold was given. */
    private long logBytes;

    private long peakBytes;

    LongLivedFold(FoldSettings settings) {
        this.stepBytes = settings.stepBytes();
        this.others = Heap.usedBytes();
        this.fold = new DecidingFold(
                settings, new JsonReadingDecoder(), new ForgetfulTables(this::measureStep), (from, to) -> false);
        fold.open();
    }

    /**
     * Applies a log in chunks like those of a task, without a flush at its end. The offsets continue from log to log.
     *
     * @return the maximum heap bytes of the fold and its chunk at the writes of a step
     */
    long apply(List<LogRecord> log) {
        peakBytes = 0;
        logBytes = log.stream().mapToLong(LogRecord::heapBytes).sum();
        long base = nextOffset;
        List<LogRecord> chunk = new ArrayList<>();
        long chunkBytes = 0;
        for (LogRecord record : log) {
            nextOffset = base + record.offset();
            chunk.add(new LogRecord(nextOffset, record.timestamp(), record.key(), record.value()));
            chunkBytes += record.heapBytes();
            if (chunkBytes >= stepBytes) {
                apply(chunk, chunkBytes);
                chunkBytes = 0;
            }
        }
        apply(chunk, chunkBytes);
        return peakBytes;
    }

    private void apply(List<LogRecord> chunk, long bytes) {
        logBytes -= bytes;
        fold.apply(chunk);
        logBytes += bytes;
        chunk.clear();
    }

    /** Flushes, and returns the heap bytes that the fold retains. Call it when the log is unreachable. */
    long flush() {
        fold.flush();
        return Heap.usedBytes() - others;
    }

    private void measureStep() {
        peakBytes = Math.max(peakBytes, Heap.usedBytes() - others - logBytes);
    }
}
