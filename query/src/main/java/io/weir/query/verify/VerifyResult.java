package io.weir.query.verify;

import io.weir.query.SharedDevices;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a verification found.
 *
 * @param compared rollup rows that were recomputed
 * @param expired rollup rows that were left out, since they, or raw rows of their window, may have expired: also those
 *     of which nothing but raw rows is left
 * @param ahead rollup rows that were left out, since the raw readings by group had not come as far
 * @param differenceCount all differences
 * @param differences the first of them
 * @param ledger the ledger of each source, as it was when the verification began, and what was counted against it
 * @param heldByTwoSources readings that count more than once, since more than one source holds them
 * @param devicesInTwoSources devices that more than one live source stores, whether or not any reading is held twice
 * @param log what the log of each live source says; null where it was not asked
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

    /** Returns this result with what a recount of the logs has found. */
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
     * Whether all that was compared is right, and no reading counts twice but for the end of a source: merged rollups count
     * a reading as often as live sources hold it.
     */
    public boolean isRight() {
        return differenceCount == 0 && heldByTwoSources.byLiveSources() == 0;
    }
}
