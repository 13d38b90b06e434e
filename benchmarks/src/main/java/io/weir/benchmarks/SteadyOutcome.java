package io.weir.benchmarks;

import io.weir.benchmarks.steady.SteadyResult;
import io.weir.benchmarks.variant.Variant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one run of {@code weir bench steady}.
 *
 * @param factor the factor for the fleet's rate
 * @param result null if the run failed
 * @param failure the cause of the failure; empty for a completed run
 */
record SteadyOutcome(Variant variant, int round, double factor, @Nullable SteadyResult result, String failure) {

    static SteadyOutcome of(SteadyResult result) {
        return new SteadyOutcome(result.variant(), result.round(), result.load().factor(), result, "");
    }

    static SteadyOutcome failed(Variant variant, int round, double factor, String failure) {
        return new SteadyOutcome(variant, round, factor, null, failure);
    }

    /** Returns the result of a completed run. */
    SteadyResult found() {
        return Objects.requireNonNull(result);
    }

    boolean isSustained() {
        return result != null && result.isSustained() && result.verdict().right();
    }

    /** Returns whether its figures are valid. */
    boolean isValid() {
        return result != null && result.isValid() && result.verdict().right();
    }

    /** Returns whether the tables do not hold what was sent. */
    boolean isWrong() {
        return result != null && !result.verdict().right();
    }

    /** Returns the state as text for a table. */
    String state() {
        if (result == null) {
            return "**not measured**: " + failure;
        }
        if (isWrong()) {
            return "**wrong**: " + result.verdict().found();
        }
        if (!result.isValid()) {
            return String.format(
                    Locale.ROOT,
                    "**void**: %.1f %% of the records were sent over a second late",
                    100 * result.lateShare());
        }
        if (result.restarts() > 0) {
            return "no: the pipeline was restarted " + (result.restarts() == 1 ? "once" : result.restarts() + " times");
        }
        return result.isSustained() ? "yes" : "no: the lag grows";
    }
}
