package io.weir.core.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.Seeds;
import io.weir.core.reading.Reading;
import io.weir.core.rollup.QuantileSketch;
import io.weir.core.rollup.Rollup;
import io.weir.core.rollup.Sample;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Tests that the reference accepts correct rows, whatever their values, and finds every error of a wrong row. */
class ReferenceRollupTest {

    private static final List<Reading> READINGS = readings(new Random(7), 300, 100);
    private static final ReferenceRollup REFERENCE = ReferenceRollup.of(READINGS);

    @Test
    void acceptsCorrectRowsInAnyOrderAndSplit() {
        Seeds.forEach(500, random -> {
            double deviation = Math.pow(10, random.nextInt(20) - 12);
            List<Reading> readings = readings(random, 1 + random.nextInt(400), deviation);
            Rollup hours = new Rollup();
            for (int from = 0; from < readings.size(); ) {
                int to = Math.min(readings.size(), from + 1 + random.nextInt(100));
                hours.merge(fold(readings.subList(from, to)));
                from = to;
            }
            Rollup shuffled = fold(readings);
            Collections.shuffle(readings, random);
            assertThat(ReferenceRollup.of(readings).faultOf(found(shuffled))).isNull();
            assertThat(ReferenceRollup.of(readings).faultOf(found(hours))).isNull();
        });
    }

    @Test
    void acceptsAnEmptyRowIfNoReadingIsExpected() {
        assertThat(new ReferenceRollup().faultOf(found(new Rollup()))).isNull();
        assertThat(REFERENCE.faultOf(found(new Rollup()))).startsWith("count");
        assertThat(new ReferenceRollup().faultOf(found(fold(READINGS)))).startsWith("count");
    }

    @Test
    void comparesEveryColumn() {
        assertFault("count", f -> with(f, f.count() + 1, f.sum(), f.min(), f.max(), f.squaredDeviations()));
        assertFault("min", f -> with(f, f.count(), f.sum(), Math.nextDown(f.min()), f.max(), f.squaredDeviations()));
        assertFault("max", f -> with(f, f.count(), f.sum(), f.min(), Math.nextUp(f.max()), f.squaredDeviations()));
        BigDecimal other = new BigDecimal(Math.nextUp(f().sum().doubleValue()));
        assertFault("sum", f -> with(f, f.count(), other, f.min(), f.max(), f.squaredDeviations()));
        for (double factor : new double[] {0, 1 - 1e-11, 1 + 1e-11, 30, Double.NaN}) {
            assertFault(
                    "squared deviations",
                    f -> with(f, f.count(), f.sum(), f.min(), f.max(), factor * f.squaredDeviations()));
        }
        Sample later = new Sample(
                f().first().time() + 1, f().first().device(), f().first().value());
        Sample renamed = new Sample(f().last().time(), "x", f().last().value());
        Sample changed =
                new Sample(f().last().time(), f().last().device(), f().last().value() + 1);
        assertFault("first and last", f -> with(f, later, f.last(), f.sketch()));
        assertFault("first and last", f -> with(f, f.first(), renamed, f.sketch()));
        assertFault("first and last", f -> with(f, f.first(), changed, f.sketch()));
        assertFault("first and last", f -> with(f, null, null, f.sketch()));
    }

    @Test
    void findsASketchOfOtherReadings() {
        List<Reading> others = new ArrayList<>(READINGS);
        Reading last = others.remove(others.size() - 1);
        others.add(new Reading(last.device(), last.group(), last.metric(), last.time(), 1.05 * last.value()));
        QuantileSketch sketch = fold(others).sketch();
        assertFault("the sketch", f -> with(f, f.first(), f.last(), sketch));
    }

    @Test
    void comparesPercentilesWithTheSortedValues() {
        Rollup rollup = fold(READINGS);
        assertThat(REFERENCE.faultOfPercentiles(rollup::percentile, 0, 29, 50, 57, 95, 100))
                .isNull();
        assertThat(REFERENCE.faultOfPercentiles(percent -> OptionalDouble.of(rollup.min()), 0))
                .isNull();
        assertThat(REFERENCE.faultOfPercentiles(percent -> OptionalDouble.of(rollup.min()), 0, 50))
                .startsWith("percentile 50");
        assertThat(REFERENCE.faultOfPercentiles(percent -> OptionalDouble.empty(), 0))
                .startsWith("percentile 0");
        assertThat(REFERENCE.faultOfPercentiles(percent -> OptionalDouble.of(Double.NaN), 0))
                .startsWith("percentile 0");
    }

    /** The bounds are those of compensated sums; other arithmetic exceeds them. */
    @Test
    void findsPlainSumsAndTextbookVariances() {
        List<Reading> readings = readings(new Random(11), 300, 1e-3);
        double sum = 0;
        double squares = 0;
        for (Reading reading : readings) {
            sum += reading.value();
            squares += reading.value() * reading.value();
        }
        ReferenceRollup.Found right = found(fold(readings));
        BigDecimal plain = new BigDecimal(sum);
        double textbook = squares - sum * sum / readings.size();
        ReferenceRollup reference = ReferenceRollup.of(readings);
        assertThat(reference.faultOf(
                        with(right, right.count(), plain, right.min(), right.max(), right.squaredDeviations())))
                .startsWith("sum");
        assertThat(reference.faultOf(with(right, right.count(), right.sum(), right.min(), right.max(), textbook)))
                .startsWith("squared deviations");
    }

    private static void assertFault(String expected, UnaryOperator<ReferenceRollup.Found> tampering) {
        assertThat(REFERENCE.faultOf(tampering.apply(f()))).startsWith(expected);
    }

    private static ReferenceRollup.Found f() {
        return found(fold(READINGS));
    }

    private static ReferenceRollup.Found with(
            ReferenceRollup.Found f, long count, BigDecimal sum, double min, double max, double squaredDeviations) {
        return new ReferenceRollup.Found(count, sum, min, max, squaredDeviations, f.first(), f.last(), f.sketch());
    }

    private static ReferenceRollup.Found with(
            ReferenceRollup.Found f, Sample first, Sample last, QuantileSketch sketch) {
        return new ReferenceRollup.Found(
                f.count(), f.sum(), f.min(), f.max(), f.squaredDeviations(), first, last, sketch);
    }

    private static ReferenceRollup.Found found(Rollup rollup) {
        return new ReferenceRollup.Found(
                rollup.count(),
                new BigDecimal(rollup.rawSum()).add(new BigDecimal(rollup.compensation())),
                rollup.min(),
                rollup.max(),
                rollup.squaredDeviations(),
                rollup.isEmpty() ? null : rollup.first(),
                rollup.isEmpty() ? null : rollup.last(),
                rollup.sketch());
    }

    private static Rollup fold(List<Reading> readings) {
        Rollup rollup = new Rollup();
        readings.forEach(reading -> rollup.add(reading.time(), reading.device(), reading.value()));
        return rollup;
    }

    /** Returns readings around 1000, some at the same time, no two with the same time and device. */
    private static List<Reading> readings(Random random, int count, double deviation) {
        List<Reading> readings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double value = 1000 + deviation * random.nextGaussian();
            readings.add(new Reading("d" + i % 7, "g", "m", i / 7, value));
        }
        Collections.shuffle(readings, random);
        return readings;
    }
}
