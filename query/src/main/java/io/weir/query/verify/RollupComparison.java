package io.weir.query.verify;

import io.weir.core.rollup.QuantileSketch;
import io.weir.core.rollup.Rollup;
import io.weir.core.rollup.Sample;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;

/** Compares a stored rollup with the recomputed one: all is equal, but for the last bits of sums. */
final class RollupComparison {

    /** Gets each field that differs. */
    interface Report {
        void differs(String field, Object stored, Object recomputed);
    }

    private static final double SUM_TOLERANCE = 1e-12;
    private static final double DEVIATION_TOLERANCE = 1e-9;
    private static final double ROUNDING = 1e-28;

    private final Rollup stored;
    private final Rollup recomputed;
    private final double magnitude;
    private final double squares;

    /**
     * @param magnitude sum of |value| over the recomputed readings
     * @param squares sum of their squares
     */
    RollupComparison(Rollup stored, Rollup recomputed, double magnitude, double squares) {
        this.stored = stored;
        this.recomputed = recomputed;
        this.magnitude = magnitude;
        this.squares = squares;
    }

    void report(Report report) {
        exact("count", stored.count(), recomputed.count(), report);
        if (recomputed.isEmpty()) {
            return;
        }
        within(SUM_TOLERANCE * magnitude, "sum", stored.sum(), recomputed.sum(), report);
        exact("min", stored.min(), recomputed.min(), report);
        exact("max", stored.max(), recomputed.max(), report);
        within(
                deviationTolerance(),
                "squared_deviations",
                stored.squaredDeviations(),
                recomputed.squaredDeviations(),
                report);
        exact("first", shown(stored.first()), shown(recomputed.first()), report);
        exact("last", shown(stored.last()), shown(recomputed.last()), report);
        if (!stored.sketch().equals(recomputed.sketch())) {
            report.differs("sketch", shown(stored.sketch()), shown(recomputed.sketch()));
        }
    }

    /**
     * Two orders of the same readings differ by at most about n·ε·κ of the squared deviations S, where κ = √(Σv²/S) (Chan,
     * Golub and LeVeque, "Algorithms for computing the sample variance", 1983): so a part of √(S·Σv²); and where all values
     * are nearly the same, by what rounding leaves of their squares.
     */
    private double deviationTolerance() {
        return DEVIATION_TOLERANCE * Math.sqrt(recomputed.squaredDeviations() * squares) + ROUNDING * squares;
    }

    private static void exact(String field, Object was, Object is, Report report) {
        if (!Objects.equals(was, is)) {
            report.differs(field, was, is);
        }
    }

    private static void within(double tolerance, String field, double was, double is, Report report) {
        boolean close = Math.abs(was - is) <= tolerance; // false for what is not a number
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
