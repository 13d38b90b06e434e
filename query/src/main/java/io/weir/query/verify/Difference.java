package io.weir.query.verify;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A difference between a stored and a recomputed value.
 *
 * @param table the table of the wrong or missing row
 * @param id the device or the group; null for a count over a whole table
 * @param windowStart the window start of a rollup, or the event time of a raw reading; null for a count over a whole
 *     table
 * @param field the wrong column
 * @param stored the stored value; null if the row is missing
 * @param recomputed the value computed from the raw readings or from the log
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
