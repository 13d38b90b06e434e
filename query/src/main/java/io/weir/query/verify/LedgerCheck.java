package io.weir.query.verify;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A source's ledger, and what the tables hold of the records that it accounts for. Counts are null where they were not
 * made: for a part of the time line, or where rows expire.
 *
 * @param throughOffset the last record that is accounted for; -1 before the first
 * @param balanced whether received = stored + duplicate + rejected
 * @param state live, or how the source has ended: retire, skip or renew
 * @param repaired readings that were added to the raw rows by hand, less those that were removed, as far as rollups were
 *     rebuilt since
 * @param rawByDevice rows in that table, to compare with stored and repaired
 * @param rawByGroup rows in that table, to compare with the same; fewer are right while its own query is behind
 * @param rawBeyondLedger rows by device that the ledger does not account for: of a live source they are under way, of one
 *     that has ended they stay, and count for nothing
 * @param rejectedReadings rows in that table by reason, to compare with rejected; fewer are right where they may have
 *     expired
 */
public record LedgerCheck(
        String topic,
        int partition,
        int source,
        long throughOffset,
        long received,
        long stored,
        long duplicate,
        long rejected,
        boolean balanced,
        String state,
        @Nullable Long repaired,
        @Nullable Long rawByDevice,
        @Nullable Long rawByGroup,
        @Nullable Long rawBeyondLedger,
        @Nullable Map<String, Long> rejectedReadings) {}
