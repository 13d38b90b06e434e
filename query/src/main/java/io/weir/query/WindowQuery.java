package io.weir.query;

import io.weir.core.reading.Reading;
import io.weir.core.rollup.Rollup;
import io.weir.core.rollup.Window;
import io.weir.storage.raw.RawReader;
import io.weir.storage.raw.RawReading;
import io.weir.storage.read.ScopedMetric;
import io.weir.storage.rollup.RollupReader;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Queries windows of any size: those of the rollup tables as they are, weeks merged of days, quarters and years of
 * months, and minutes of raw readings. Rows are read while the windows are consumed; one window is in memory.
 * Thread-safe.
 */
public final class WindowQuery {

    private final RollupQuery rollups;
    private final RawReader raw;
    private final ZoneId zone;

    public WindowQuery(RollupReader rollups, RawReader raw, ZoneId zone) {
        this.rollups = new RollupQuery(rollups);
        this.raw = raw;
        this.zone = zone;
    }

    /**
     * Returns the windows that start in the span, in order; empty windows are omitted. The caller closes the stream.
     *
     * @param progress is called for each row that is read; may throw, to end
     */
    public Stream<WindowRollup> windows(ScopedMetric of, WindowSize size, Span span, Runnable progress) {
        if (size.isStored()) {
            return rollups.windows(of, size.rows(), span).peek(row -> progress.run());
        }
        Span whole = whole(size, span);
        WindowCuts cuts = new WindowCuts(size, zone);
        if (size.isOfRawReadings()) {
            Stream<RawReading> readings = raw.read(of, whole.from(), whole.to()).peek(row -> progress.run());
            return gathered(readings, cuts, row -> row.reading().time(), (rollup, row) -> {
                Reading reading = row.reading();
                rollup.add(reading.time(), reading.device(), reading.value());
            });
        }
        Stream<WindowRollup> parts = rollups.windows(of, size.rows(), whole).peek(row -> progress.run());
        return gathered(parts, cuts, part -> part.window().start(), (rollup, part) -> rollup.merge(part.rollup()));
    }

    /** Returns the span from the first window that starts in a span to the end of the last one. */
    private Span whole(WindowSize size, Span span) {
        WindowCuts cuts = new WindowCuts(size, zone);
        Window first = cuts.firstIn(span);
        if (first.start() >= span.to()) {
            return new Span(span.to(), span.to());
        }
        return new Span(first.start(), cuts.windowOf(span.to() - 1).end());
    }

    /** Adds a row to the rollup of its window. */
    private interface Adding<T> {
        void add(Rollup rollup, T row);
    }

    private static <T> Stream<WindowRollup> gathered(
            Stream<T> rows, WindowCuts cuts, ToLongFunction<T> time, Adding<T> adding) {
        int traits = Spliterator.ORDERED | Spliterator.NONNULL;
        Iterator<WindowRollup> windows = new Gathered<>(rows.iterator(), cuts, time, adding);
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(windows, traits), false)
                .onClose(rows::close);
    }

    /** Folds rows, which are in order of time, into windows. */
    private static final class Gathered<T> implements Iterator<WindowRollup> {

        private final Iterator<T> rows;
        private final WindowCuts cuts;
        private final ToLongFunction<T> time;
        private final Adding<T> adding;
        private @Nullable T ahead;

        Gathered(Iterator<T> rows, WindowCuts cuts, ToLongFunction<T> time, Adding<T> adding) {
            this.rows = rows;
            this.cuts = cuts;
            this.time = time;
            this.adding = adding;
            this.ahead = nextOrNull();
        }

        @Override
        public boolean hasNext() {
            return ahead != null;
        }

        @Override
        public WindowRollup next() {
            T row = ahead;
            if (row == null) {
                throw new NoSuchElementException();
            }
            Window window = cuts.windowOf(time.applyAsLong(row));
            Rollup rollup = new Rollup();
            while (row != null && time.applyAsLong(row) < window.end()) {
                adding.add(rollup, row);
                row = nextOrNull();
            }
            ahead = row;
            return new WindowRollup(window, rollup);
        }

        private @Nullable T nextOrNull() {
            return rows.hasNext() ? rows.next() : null;
        }
    }
}
