package io.weir.core.fold;

import io.weir.core.reading.ReadingRules;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * What a fold needs to know besides the log. Zone, rules, record limit and commands decide what is stored; the memory
 * decides nothing.
 *
 * @param zone whose calendar cuts the windows
 * @param maxRecordBytes larger record values are rejected unread
 * @param memory bytes of the heap that the fold may take, with the chunk that it is given, and beyond that the rows and
 *     elements of one record
 * @param commands knows the commands of the fold's source; null has every record read as readings
 */
public record FoldSettings(
        ZoneId zone, ReadingRules rules, int maxRecordBytes, long memory, @Nullable CommandSigner commands) {

    /** For tools and tests; a pipeline's come from its configuration. */
    public static final FoldSettings DEFAULT =
            new FoldSettings(ZoneId.of("UTC"), ReadingRules.DEFAULT, 256 * 1024, 256L << 20, null);

    /** Returns these settings, with other commands. */
    public FoldSettings withCommands(@Nullable CommandSigner signer) {
        return new FoldSettings(zone, rules, maxRecordBytes, memory, signer);
    }

    /** Bytes of rows that are kept in memory between flushes. */
    long cachedBytes() {
        return memory / 5 * 3;
    }

    /** Bytes of readings that are written and not yet durable, above which the fold waits. */
    long pendingBytes() {
        return memory / 5;
    }

    /** Bytes of elements that are decided together, and of the records of a chunk. */
    public long stepBytes() {
        return memory / 5;
    }
}
