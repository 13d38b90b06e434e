package io.weir.query.status;

import io.weir.core.fold.port.Ledger;
import io.weir.core.reading.RejectReason;
import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.run.FeedQuery;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The ledger and the progress of one source.
 *
 * @param rejectedByReason counts by reason code
 * @param throughOffset the last offset that the ledger accounts for; -1 before the first record
 * @param lag the number of records from there to the log's end; 0 for a retired source, null if the log of a live
 *     source is gone
 * @param beginsAt the first offset of this source
 * @param throughOffsets in the layout eight, the through offset of each query by name; empty in the layout fused
 * @param retired whether the source has ended; its rows stay
 */
public record SourceStatus(
        String topic,
        int partition,
        int source,
        long received,
        long stored,
        long duplicate,
        long rejected,
        Map<String, Long> rejectedByReason,
        long throughOffset,
        @Nullable Long lag,
        long beginsAt,
        Map<String, Long> throughOffsets,
        boolean retired) {

    static SourceStatus of(SourceLedger source, @Nullable Long logEnd) {
        Ledger ledger = source.ledger();
        return new SourceStatus(
                source.topic(),
                source.partition(),
                source.source(),
                ledger.received(),
                ledger.stored(),
                ledger.duplicate(),
                ledger.rejectedTotal(),
                byCode(ledger.rejected()),
                ledger.throughOffset(),
                source.isLive() ? lag(ledger, logEnd) : Long.valueOf(0),
                source.id().beginsAt(),
                byName(source),
                !source.isLive());
    }

    private static @Nullable Long lag(Ledger ledger, @Nullable Long logEnd) {
        return logEnd == null ? null : Math.max(0, logEnd - ledger.throughOffset() - 1);
    }

    private static Map<String, Long> byName(SourceLedger source) {
        Map<String, Long> byName = new LinkedHashMap<>();
        if (!source.followers().isEmpty()) {
            for (FeedQuery query : FeedQuery.values()) {
                byName.put(query.table(), source.throughOffset(query));
            }
        }
        return byName;
    }

    private static Map<String, Long> byCode(Map<RejectReason, Long> rejected) {
        Map<String, Long> byCode = new TreeMap<>();
        rejected.forEach((reason, count) -> byCode.put(reason.code(), count));
        return byCode;
    }
}
