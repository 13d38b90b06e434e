package io.weir.core.fold.simulation;

import io.weir.core.reference.ReferenceRollup;
import io.weir.core.rollup.QuantileSketch;
import io.weir.core.rollup.Rollup;
import io.weir.core.rollup.Sample;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A row of a rollup table. Two rows are equal if all of their bits are. */
record RollupState(
        long throughOffset,
        long count,
        double sum,
        double compensation,
        double min,
        double max,
        double squaredDeviations,
        @Nullable Sample first,
        @Nullable Sample last,
        ByteBuffer sketch) {

    static RollupState of(Rollup rollup, long throughOffset) {
        return new RollupState(
                throughOffset,
                rollup.count(),
                rollup.rawSum(),
                rollup.compensation(),
                rollup.min(),
                rollup.max(),
                rollup.squaredDeviations(),
                rollup.isEmpty() ? null : rollup.first(),
                rollup.isEmpty() ? null : rollup.last(),
                ByteBuffer.wrap(rollup.sketch().encode()));
    }

    Rollup toRollup() {
        if (count == 0) {
            return new Rollup();
        }
        return Rollup.restore(
                count,
                sum,
                compensation,
                min,
                max,
                squaredDeviations,
                first,
                last,
                QuantileSketch.decode(sketch.array()));
    }

    /** Returns the statistics of the row, to be compared with the expected ones. */
    ReferenceRollup.Found content() {
        BigDecimal exact = new BigDecimal(sum).add(new BigDecimal(compensation));
        QuantileSketch decoded = QuantileSketch.decode(sketch.array());
        return new ReferenceRollup.Found(count, exact, min, max, squaredDeviations, first, last, decoded);
    }
}
