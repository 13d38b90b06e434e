package io.weir.core.fold.engine;

import io.weir.core.fold.port.Ledger;
import io.weir.core.fold.rollup.CacheStatistics;

/**
 * What a fold has decided and read, for metrics.
 *
 * @param decided the ledger that a flush would write now; it goes back to the stored ledger when the fold is opened
 *     after a failure. Without counts in a follower, which decides nothing
 * @param lookUps readings that were looked up in the raw table since the fold was created
 * @param cache the cached rows
 */
public record FoldStatistics(Ledger decided, long lookUps, CacheStatistics cache) {}
