package io.weir.core.fold;

import io.weir.core.reading.ReadingRules;
import java.time.ZoneId;

/**
 * What a fold needs to know besides the log. Zone, rules and record limit decide what is stored; the others only how
 * much memory that takes.
 *
 * @param zone whose calendar cuts the windows
 * @param maxRecordBytes larger record values are rejected unread
 * @param maxCachedRows rollup rows kept in memory between flushes
 * @param maxPendingReadings readings written and not yet durable, above which the fold waits
 */
public record FoldSettings(
        ZoneId zone, ReadingRules rules, int maxRecordBytes, int maxCachedRows, int maxPendingReadings) {

    /** For tools and tests; a pipeline's come from its configuration. */
    public static final FoldSettings DEFAULT =
            new FoldSettings(ZoneId.of("UTC"), ReadingRules.DEFAULT, 256 * 1024, 200_000, 50_000);
}
