package io.weir.query;

import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Rollup;
import io.weir.core.rollup.Window;
import io.weir.storage.read.Adjacent;
import io.weir.storage.read.Rows;
import io.weir.storage.read.ScopedMetric;
import io.weir.storage.rollup.RollupReader;
import io.weir.storage.rollup.SourceRollup;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** Queries the windows of a metric, merged over sources; empty windows are omitted. Thread-safe. */
public final class RollupQuery {

    private final RollupReader rollups;

    public RollupQuery(RollupReader rollups) {
        this.rollups = rollups;
    }

    /**
     * Returns the windows that start in the span, in order.
     *
     * @throws io.weir.core.fold.port.TablesException if the tables cannot be reached
     */
    public List<WindowStatistics> run(ScopedMetric of, Resolution resolution, Span span) {
        try (Stream<WindowRollup> windows = windows(of, resolution, span)) {
            return windows.map(found -> WindowStatistics.of(found.window(), found.rollup()))
                    .toList();
        }
    }

    /** Returns the same windows with their complete rollups, as a lazy stream. */
    public Stream<WindowRollup> windows(ScopedMetric of, Resolution resolution, Span span) {
        Stream<SourceRollup> rows = rollups.read(of, resolution, span.from(), span.to());
        Iterator<List<SourceRollup>> windows = new Adjacent<>(
                rows.iterator(),
                (first, row) ->
                        row.key().window().start() == first.key().window().start());
        return Rows.stream(windows)
                .onClose(rows::close)
                .map(RollupQuery::merged)
                .filter(found -> !found.rollup().isEmpty());
    }

    /** Merges the rows of a window in the order of their sources, which breaks ties between first and last readings. */
    private static WindowRollup merged(List<SourceRollup> ofWindow) {
        SourceRollup first = ofWindow.get(0);
        Window window = first.key().window();
        if (ofWindow.size() == 1) {
            return new WindowRollup(window, first.rollup()); // the common case: each device stays in its partition
        }
        Rollup merged = new Rollup();
        ofWindow.forEach(row -> merged.merge(row.rollup()));
        return new WindowRollup(window, merged);
    }
}
