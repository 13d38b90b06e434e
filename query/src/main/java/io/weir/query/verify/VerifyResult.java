package io.weir.query.verify;

import java.util.List;

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
 */
public record VerifyResult(
        long compared,
        long expired,
        long ahead,
        long differenceCount,
        List<Difference> differences,
        List<LedgerCheck> ledger) {

    /** Whether all that was compared is right. */
    public boolean isRight() {
        return differenceCount == 0;
    }
}
