package io.weir.benchmarks.jmh;

import io.weir.core.rollup.QuantileSketch;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A sketch of one sensor: a value added, and the whole of it written as bytes and read again. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SketchBenchmark {

    private static final int VALUES = 3600;

    /** What a sensor sends. */
    public enum Sensor {
        /** Hundredths with about 350 distinct values. */
        DECIMALS,
        /** Doubles with all their digits, each of them another, in a narrow range. */
        NARROW,
        /** The same around zero, with many orders of magnitude. */
        WIDE;

        double value(Random random) {
            return switch (this) {
                case DECIMALS -> Math.round(2100 + 60 * random.nextGaussian()) / 100.0;
                case NARROW -> 1013 + 5 * random.nextGaussian();
                case WIDE -> random.nextGaussian();
            };
        }
    }

    @Param
    private Sensor sensor = Sensor.DECIMALS;

    private final double[] values = new double[VALUES];
    private QuantileSketch full = new QuantileSketch();
    private byte[] stored = {};

    @Setup(Level.Trial)
    public void fill() {
        Random random = new Random(1);
        full = new QuantileSketch();
        for (int i = 0; i < VALUES; i++) {
            values[i] = sensor.value(random);
            full.add(values[i]);
        }
        stored = full.encode();
    }

    @Benchmark
    @OperationsPerInvocation(VALUES)
    public QuantileSketch add() {
        QuantileSketch sketch = new QuantileSketch();
        for (double value : values) {
            sketch.add(value);
        }
        return sketch;
    }

    @Benchmark
    public byte[] encode() {
        return full.encode();
    }

    @Benchmark
    public QuantileSketch decode() {
        return QuantileSketch.decode(stored);
    }
}
