package io.weir.benchmarks;

import io.weir.benchmarks.measured.Verdict;
import io.weir.benchmarks.variant.Measurement;
import io.weir.benchmarks.variant.Variant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One variant in one round.
 *
 * @param round 0 warms up
 * @param took null if it did not come to its end
 */
record Run(int round, Variant variant, @Nullable Measurement took, Verdict verdict) {

    /** Whether it came to its end in a round that counts. */
    boolean counts() {
        return took != null && round > 0;
    }

    /** What it took, of one that came to its end. */
    Measurement measured() {
        return Objects.requireNonNull(took);
    }
}
