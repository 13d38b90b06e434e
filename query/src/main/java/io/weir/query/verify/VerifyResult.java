package io.weir.query.verify;

import io.weir.query.status.SharedDevices;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The result of a verification.
 *
 * @param compared the number of recomputed rollup rows
 * @param expired the number of rollup rows that were not compared because they, or raw rows of their window, may have
 *     expired; includes rows of which only raw rows are left
 * @param ahead the number of rollup rows that were not compared because raw_by_group lags behind them
 * @param differenceCount the number of all differences
 * @param differences the first ones
 * @param ledger the ledger of each source at the start of the verification, with the counts compared with it
 * @param heldByTwoSources readings that more than one source holds, and that therefore count more than once
 * @param devicesInTwoSources devices that more than one live source stores, even if no reading is held twice
 * @param log the recount of the log of each live source; null if logs were not recounted
 */
public record VerifyResult(
        long compared,
        long expired,
        long ahead,
        long differenceCount,
        List<Difference> differences,
        List<LedgerCheck> ledger,
        HeldByTwoSources heldByTwoSources,
        SharedDevices devicesInTwoSources,
        @Nullable List<LogCheck> log) {

    /** Returns this result with a recount of the logs. */
    public VerifyResult with(LogResult recount) {
        List<Difference> all = Stream.concat(differences.stream(), recount.differences().stream())
                .limit(Verify.MAX_LISTED)
                .toList();
        return new VerifyResult(
                compared,
                expired,
                ahead,
                differenceCount + recount.differenceCount(),
                all,
                ledger,
                heldByTwoSources,
                devicesInTwoSources,
                recount.checks());
    }

    /**
     * Returns whether there are no differences and no reading counts twice in live sources: merged rollups count a
     * reading once for each source that holds it.
     */
    public boolean isRight() {
        return differenceCount == 0 && heldByTwoSources.byLiveSources() == 0;
    }
}
