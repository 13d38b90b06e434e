package io.weir.query.verify;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A place where the tables do not add up.
 *
 * @param table where the wrong row is, or is missing
 * @param id the device or the group; null for a count over a whole table
 * @param windowStart of the rollup; of a raw reading its event time; null for a count over a whole table
 * @param field the column that is wrong
 * @param stored what the table says; null where it has no row
 * @param recomputed what follows from the raw readings, or from the log
 */
public record Difference(
        String table,
        @Nullable String id,
        @Nullable String metric,
        @Nullable Instant windowStart,
        int source,
        String field,
        @Nullable Object stored,
        @Nullable Object recomputed) {}
