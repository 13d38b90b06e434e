package io.weir.query;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.weir.core.rollup.Rollup;
import io.weir.core.rollup.Window;
import java.time.Instant;

/**
 * The statistics of a window, merged over sources.
 *
 * @param end the end of the window, exclusive
 */
public record WindowStatistics(Instant start, Instant end, @JsonUnwrapped Statistics statistics) {

    static WindowStatistics of(Window window, Rollup rollup) {
        return new WindowStatistics(
                Instant.ofEpochMilli(window.start()), Instant.ofEpochMilli(window.end()), Statistics.of(rollup));
    }
}
