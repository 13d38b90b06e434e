package io.weir.query.verify;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The recount of the log of a live source, up to its ledger.
 *
 * @param from the first offset that was read; -1 if the log is gone or holds no record that the ledger accounts for
 * @param through the last offset that the ledger accounted for
 * @param records the number of records read
 * @param received the number of readings in them; all following counts are readings too
 * @param stored readings whose raw row is of this record
 * @param duplicate readings whose raw row is of an earlier record and has the same value
 * @param rejected counts by reason code
 * @param lost readings without a raw row of this or an earlier record that are not rejected
 * @param unchecked readings that were not checked: their raw rows may have expired or may have been repaired by hand
 * @param compared whether the counts were compared with the ledger's
 * @param uncomparable why the counts were not compared; null if they were
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
