package io.weir.query;

import io.weir.core.rollup.Resolution;
import io.weir.storage.read.ScopedMetric;
import io.weir.storage.rollup.RollupReader;
import io.weir.storage.rollup.SourceRollup;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

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
        int traits = Spliterator.ORDERED | Spliterator.NONNULL;
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(new SourceMerge(rows.iterator()), traits), false)
                .onClose(rows::close)
                .filter(found -> !found.rollup().isEmpty());
    }
}
