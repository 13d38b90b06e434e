package io.weir.benchmarks;

import io.weir.benchmarks.steady.SteadyResult;
import io.weir.benchmarks.variant.Variant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What became of one run of {@code weir bench steady}.
 *
 * @param factor times the fleet's usual rate
 * @param result null if it did not come to its end
 * @param failure why not; empty if it did
 */
record SteadyOutcome(Variant variant, int round, double factor, @Nullable SteadyResult result, String failure) {

    static SteadyOutcome of(SteadyResult result) {
        return new SteadyOutcome(result.variant(), result.round(), result.load().factor(), result, "");
    }

    static SteadyOutcome failed(Variant variant, int round, double factor, String failure) {
        return new SteadyOutcome(variant, round, factor, null, failure);
    }

    /** The result, of a run that came to its end. */
    SteadyResult found() {
        return Objects.requireNonNull(result);
    }

    boolean isSustained() {
        return result != null && result.isSustained() && result.verdict().right();
    }

    /** Whether its figures mean something. */
    boolean isValid() {
        return result != null && result.isValid() && result.verdict().right();
    }

    /** Whether the tables are known not to hold what was sent. */
    boolean isWrong() {
        return result != null && !result.verdict().right();
    }

    /** In a word or a sentence, for a table. */
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
