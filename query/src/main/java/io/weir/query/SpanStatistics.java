package io.weir.query;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;

/**
 * The statistics of a span.
 *
 * @param rollupRows the number of rollup rows read
 * @param rawRows the number of raw rows read, for the edges
 */
public record SpanStatistics(
        Instant from,
        Instant to,
        @JsonUnwrapped Statistics statistics,
        @JsonIgnore long rollupRows,
        @JsonIgnore long rawRows) {}
