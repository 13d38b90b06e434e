package io.weir.benchmarks;

import io.weir.benchmarks.measured.Verdict;
import io.weir.benchmarks.variant.Measurement;
import io.weir.benchmarks.variant.Variant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The run of one variant in one round.
 *
 * @param round 0 is the warm-up
 * @param took null if the run failed
 */
record Run(int round, Variant variant, @Nullable Measurement took, Verdict verdict) {

    /** Returns whether the run completed in a measured round. */
    boolean counts() {
        return took != null && round > 0;
    }

    /** Returns the measurement of a completed run. */
    Measurement measured() {
        return Objects.requireNonNull(took);
    }
}
