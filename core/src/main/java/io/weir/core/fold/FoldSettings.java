package io.weir.core.fold;

import io.weir.core.reading.ReadingRules;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * What a fold needs to know besides the log. Zone, rules, record limit and commands decide what is stored; the others
 * only how much memory that takes.
 *
 * @param zone whose calendar cuts the windows
 * @param maxRecordBytes larger record values are rejected unread
 * @param maxCachedRows rollup rows kept in memory between flushes
 * @param maxPendingReadings readings written and not yet durable, above which the fold waits
 * @param commands knows the commands of the fold's source; null has every record read as readings
 */
public record FoldSettings(
        ZoneId zone,
        ReadingRules rules,
        int maxRecordBytes,
        int maxCachedRows,
        int maxPendingReadings,
        @Nullable CommandSigner commands) {

    /** For tools and tests; a pipeline's come from its configuration. */
    public static final FoldSettings DEFAULT =
            new FoldSettings(ZoneId.of("UTC"), ReadingRules.DEFAULT, 256 * 1024, 200_000, 50_000, null);

    /** Returns these settings, with other commands. */
    public FoldSettings withCommands(@Nullable CommandSigner signer) {
        return new FoldSettings(zone, rules, maxRecordBytes, maxCachedRows, maxPendingReadings, signer);
    }
}
