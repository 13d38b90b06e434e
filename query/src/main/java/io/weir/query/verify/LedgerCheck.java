package io.weir.query.verify;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A source's ledger, and the rows in the tables for the records that it accounts for. A count is null if it was not
 * made, because only a span was verified or rows may expire.
 *
 * @param throughOffset the last offset that the ledger accounts for; -1 before the first record
 * @param balanced whether received = stored + duplicate + rejected
 * @param state live, or the action that ended the source: retire, skip or renew
 * @param repaired readings that were added to the raw rows by hand, less removed ones, as far as a rebuild has accepted
 *     them
 * @param rawByDevice rows in raw_by_device, to compare with stored plus repaired
 * @param rawByGroup rows in raw_by_group, to compare with the same sum; fewer are valid while its query lags
 * @param rawBeyondLedger rows in raw_by_device that the ledger does not account for: those of a live source are in
 *     flight, those of a retired source stay and are ignored
 * @param rejectedReadings rejected readings by reason, to compare with rejected; fewer are valid if they may have
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
