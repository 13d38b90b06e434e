package io.weir.query.verify;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A source's ledger, and what the tables hold of the records that it accounts for. Counts are null where they were not
 * made: for a part of the time line, or where rows expire.
 *
 * @param throughOffset the last record that is accounted for; -1 before the first
 * @param balanced whether received = stored + duplicate + rejected
 * @param rawByDevice rows in that table, to compare with stored
 * @param rawByGroup rows in that table, to compare with stored; fewer are right while its own query is behind
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
        @Nullable Long rawByDevice,
        @Nullable Long rawByGroup,
        @Nullable Map<String, Long> rejectedReadings) {}
