package io.weir.query;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.weir.core.rollup.Rollup;
import io.weir.core.rollup.Window;
import java.time.Instant;

/**
 * A rollup as it is shown: one window, all sources merged.
 *
 * @param end the first instant after the window
 */
public record WindowStatistics(Instant start, Instant end, @JsonUnwrapped Statistics statistics) {

    static WindowStatistics of(Window window, Rollup rollup) {
        return new WindowStatistics(
                Instant.ofEpochMilli(window.start()), Instant.ofEpochMilli(window.end()), Statistics.of(rollup));
    }
}
