package io.weir.core.fold.simulation;

import io.weir.core.reference.ReferenceRollup;
import io.weir.core.rollup.QuantileSketch;
import io.weir.core.rollup.Rollup;
import io.weir.core.rollup.Sample;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A rollup as it stands in the columns of its table. Two are equal if every bit of them is. */
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

    /** What the row says, for a comparison with what it must say. */
    ReferenceRollup.Found content() {
        BigDecimal exact = new BigDecimal(sum).add(new BigDecimal(compensation));
        QuantileSketch decoded = QuantileSketch.decode(sketch.array());
        return new ReferenceRollup.Found(
                count, exact, min, max, squaredDeviations, first, last, decoded, decoded::quantile);
    }
}
