package io.weir.query;

import io.weir.core.fold.Ledger;
import io.weir.core.reading.RejectReason;
import io.weir.storage.read.SourceLedger;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of the readings of one source, and how far it has come.
 *
 * @param rejectedByReason by the reason's code
 * @param throughOffset the last record that is accounted for; -1 before the first
 * @param lag records from there to the log's end; null where that log is gone
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
        @Nullable Long lag) {

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
                logEnd == null ? null : Math.max(0, logEnd - ledger.throughOffset() - 1));
    }

    private static Map<String, Long> byCode(Map<RejectReason, Long> rejected) {
        Map<String, Long> byCode = new TreeMap<>();
        rejected.forEach((reason, count) -> byCode.put(reason.code(), count));
        return byCode;
    }
}
