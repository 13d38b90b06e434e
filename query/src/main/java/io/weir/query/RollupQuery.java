package io.weir.query;

import io.weir.core.rollup.Resolution;
import io.weir.storage.read.RollupReader;
import io.weir.storage.read.ScopedMetric;
import io.weir.storage.read.SourceRollup;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Answers how a metric went over time: its windows, sources merged, empty ones left out. Thread-safe. */
public final class RollupQuery {

    private final RollupReader rollups;

    public RollupQuery(RollupReader rollups) {
        this.rollups = rollups;
    }

    /**
     * Returns the windows that start in the span, in order.
     *
     * @throws io.weir.core.fold.TablesException if the tables cannot be reached
     */
    public List<WindowStatistics> run(ScopedMetric of, Resolution resolution, Span span) {
        List<WindowStatistics> windows = new ArrayList<>();
        try (Stream<SourceRollup> rows = rollups.read(of, resolution, span.from(), span.to())) {
            new SourceMerge(rows.iterator()).forEachRemaining(merged -> {
                if (!merged.rollup().isEmpty()) {
                    windows.add(WindowStatistics.of(merged.window(), merged.rollup()));
                }
            });
        }
        return windows;
    }
}
