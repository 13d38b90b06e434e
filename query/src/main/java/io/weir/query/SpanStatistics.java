package io.weir.query;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;

/**
 * The summary of a span.
 *
 * @param rollupRows rows of rollup tables that were read for it
 * @param rawRows raw rows that were read for it, at its two edges
 */
public record SpanStatistics(
        Instant from,
        Instant to,
        @JsonUnwrapped Statistics statistics,
        @JsonIgnore long rollupRows,
        @JsonIgnore long rawRows) {}
