package io.weir.query.verify;

import io.weir.core.rollup.QuantileSketch;
import io.weir.core.rollup.Rollup;
import io.weir.core.rollup.RollupKey;
import io.weir.core.rollup.Sample;
import io.weir.core.rollup.Window;
import io.weir.storage.rollup.SourceRollup;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Rollup rows with one wrong column each, by column name. */
final class SourceRollupFaults {

    static final Map<String, UnaryOperator<SourceRollup>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("count", row -> {
            Fields f = new Fields(row.rollup());
            f.count++;
            return f.in(row);
        });
        ALL.put("sum", row -> {
            Fields f = new Fields(row.rollup());
            f.sum += Math.max(1e-9, Math.abs(f.sum) * 1e-9);
            return f.in(row);
        });
        ALL.put("min", row -> {
            Fields f = new Fields(row.rollup());
            f.min = Math.nextDown(f.min);
            return f.in(row);
        });
        ALL.put("max", row -> {
            Fields f = new Fields(row.rollup());
            f.max = Math.nextUp(f.max);
            return f.in(row);
        });
        ALL.put("squared_deviations", row -> {
            Fields f = new Fields(row.rollup());
            f.squaredDeviations = f.squaredDeviations * 1.001 + 0.001;
            return f.in(row);
        });
        ALL.put("first", row -> {
            Fields f = new Fields(row.rollup());
            f.first = new Sample(f.first.time() - 1, f.first.device(), f.first.value());
            return f.in(row);
        });
        ALL.put("last", row -> {
            Fields f = new Fields(row.rollup());
            f.last = new Sample(f.last.time(), f.last.device(), Math.nextUp(f.last.value()));
            return f.in(row);
        });
        ALL.put("sketch", row -> {
            Fields f = new Fields(row.rollup());
            f.sketch.add(f.min);
            return f.in(row);
        });
        ALL.put(
                "through_offset",
                row -> new SourceRollup(row.source(), row.key(), row.rollup(), row.throughOffset() + 1));
        ALL.put("window_end", row -> {
            Window window = row.key().window();
            return at(row, new Window(window.resolution(), window.start(), window.end() - 1));
        });
    }

    private SourceRollupFaults() {}

    /** Returns the row for another window. */
    static SourceRollup at(SourceRollup row, Window window) {
        RollupKey key = row.key();
        return new SourceRollup(
                row.source(),
                new RollupKey(key.scope(), key.id(), key.metric(), window),
                row.rollup(),
                row.throughOffset());
    }

    private static final class Fields {
        private long count;
        private double sum;
        private final double compensation;
        private double min;
        private double max;
        private double squaredDeviations;
        private Sample first;
        private Sample last;
        private final QuantileSketch sketch;

        private Fields(Rollup rollup) {
            count = rollup.count();
            sum = rollup.rawSum();
            compensation = rollup.compensation();
            min = rollup.min();
            max = rollup.max();
            squaredDeviations = rollup.squaredDeviations();
            first = rollup.first();
            last = rollup.last();
            sketch = rollup.sketch().copy();
        }

        private SourceRollup in(SourceRollup row) {
            Rollup rollup = Rollup.restore(count, sum, compensation, min, max, squaredDeviations, first, last, sketch);
            return new SourceRollup(row.source(), row.key(), rollup, row.throughOffset());
        }
    }
}
