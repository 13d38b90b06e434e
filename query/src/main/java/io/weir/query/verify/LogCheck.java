package io.weir.query.verify;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the log of a live source holds of the records that its ledger accounts for, decided again.
 *
 * @param from the first offset that was read; -1 if the log is gone or holds nothing that is accounted for
 * @param through the last offset that the ledger accounted for
 * @param records that were read
 * @param received readings in them, as are the other counts
 * @param stored readings whose raw row says that this record brought them
 * @param duplicate readings whose raw row is of an earlier record and has the same value
 * @param rejected by the reason's code
 * @param lost readings that have no raw row, or one of a later record, and are not among the rejected ones
 * @param unchecked readings that were left out: their raw rows are gone and may have expired, or may have been repaired by
 *     hand
 * @param compared whether the counts were compared with the ledger's
 * @param uncomparable why they were not; null if they were
 */
public record LogCheck(
        String topic,
        int partition,
        int source,
        long from,
        long through,
        long records,
        long received,
        long stored,
        long duplicate,
        Map<String, Long> rejected,
        long lost,
        long unchecked,
        boolean compared,
        @Nullable String uncomparable) {}
