package io.weir.query.verify;

import io.weir.core.rollup.ErrorBounds;
import io.weir.core.rollup.QuantileSketch;
import io.weir.core.rollup.Rollup;
import io.weir.core.rollup.Sample;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;

/**
 * Compares a stored rollup with the recomputed one. All fields must be equal, except sums, whose rounding depends on
 * the order of readings: they may differ by at most two {@linkplain ErrorBounds error bounds}.
 */
final class RollupComparison {

    /** Receives each field that differs. */
    interface Report {
        void differs(String field, Object stored, Object recomputed);
    }

    private final Rollup stored;
    private final Rollup recomputed;
    private final ErrorBounds bounds;

    /** @param magnitude the sum of |value| over the recomputed readings */
    RollupComparison(Rollup stored, Rollup recomputed, double magnitude) {
        this.stored = stored;
        this.recomputed = recomputed;
        this.bounds = new ErrorBounds(recomputed.count(), magnitude);
    }

    void report(Report report) {
        exact("count", stored.count(), recomputed.count(), report);
        if (recomputed.isEmpty()) {
            return;
        }
        within(bounds.ofSum(recomputed.sum()), "sum", stored.sum(), recomputed.sum(), report);
        exact("min", stored.min(), recomputed.min(), report);
        exact("max", stored.max(), recomputed.max(), report);
        within(
                bounds.ofSquaredDeviations(recomputed.squaredDeviations()),
                "squared_deviations",
                stored.squaredDeviations(),
                recomputed.squaredDeviations(),
                report);
        same("first", stored.first(), recomputed.first(), report);
        same("last", stored.last(), recomputed.last(), report);
        if (!stored.sketch().equals(recomputed.sketch())) {
            report.differs("sketch", shown(stored.sketch()), shown(recomputed.sketch()));
        }
    }

    private static void exact(String field, Object was, Object is, Report report) {
        if (!Objects.equals(was, is)) {
            report.differs(field, was, is);
        }
    }

    private static void same(String field, Sample was, Sample is, Report report) {
        if (!was.equals(is)) {
            report.differs(field, shown(was), shown(is));
        }
    }

    private static void within(double bound, String field, double was, double is, Report report) {
        boolean close = Math.abs(was - is) <= 2 * bound; // false for NaN
        if (!close) {
            report.differs(field, was, is);
        }
    }

    private static String shown(Sample sample) {
        return sample.value() + " of " + sample.device() + " at " + Instant.ofEpochMilli(sample.time());
    }

    private static String shown(QuantileSketch sketch) {
        return HexFormat.of().formatHex(sketch.encode());
    }
}
