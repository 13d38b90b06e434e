package io.weir.core.fold.rollup;

/**
 * How a {@link RowCache} was used since it was created, and how large it is.
 *
 * @param hits requests for an entry that was cached
 * @param misses requests for an entry that was not cached
 * @param lookUps rows that the table was asked for: one for each miss, unless the table cannot contain the row
 * @param bytes the heap bytes of all entries
 */
public record CacheStatistics(long hits, long misses, long lookUps, long bytes) {

    /** The statistics of a fold that caches no rows. */
    public static final CacheStatistics NONE = new CacheStatistics(0, 0, 0, 0);
}
