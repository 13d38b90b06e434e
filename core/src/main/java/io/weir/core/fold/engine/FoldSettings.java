package io.weir.core.fold.engine;

import io.weir.core.fold.command.CommandSigner;
import io.weir.core.reading.ReadingRules;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a fold. The zone, rules, record limit and commands decide what is stored; the memory does not.
 *
 * @param zone the time zone of the windows
 * @param maxRecordBytes larger record values are rejected without being decoded
 * @param memory heap bytes that the fold should use, including the chunk of records passed to it. If all of its parts
 *     are at their own limits, it uses up to 1.6 times as many. The rows and elements of the largest record come on
 *     top, and those of the record before it until they are written
 * @param commands verifies the commands of the fold's source; null treats every record as readings
 */
public record FoldSettings(
        ZoneId zone, ReadingRules rules, int maxRecordBytes, long memory, @Nullable CommandSigner commands) {

    /** Defaults for tools and tests; a pipeline's settings come from its configuration. */
    public static final FoldSettings DEFAULT =
            new FoldSettings(ZoneId.of("UTC"), ReadingRules.DEFAULT, 256 * 1024, 256L << 20, null);

    /** Returns a copy with another command signer. */
    public FoldSettings withCommands(@Nullable CommandSigner signer) {
        return new FoldSettings(zone, rules, maxRecordBytes, memory, signer);
    }

    /** The bytes of rows to cache between flushes. */
    long cachedBytes() {
        return memory / 5 * 3;
    }

    /** The bytes of readings in flight above which the fold waits. */
    long pendingBytes() {
        return memory / 5;
    }

    /** Returns the bytes of elements decided in one step, which is also the limit for the records of a chunk. */
    public long stepBytes() {
        return memory / 5;
    }
}
