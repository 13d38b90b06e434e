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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A sketch of an hour of one sensor: a value added, and the whole of it written as bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SketchBenchmark {

    private static final int VALUES = 360;

    private final double[] values = new double[VALUES];
    private QuantileSketch full = new QuantileSketch();

    @Setup(Level.Trial)
    public void fill() {
        Random random = new Random(1);
        full = new QuantileSketch();
        for (int i = 0; i < VALUES; i++) {
            values[i] = 21 + 4 * random.nextGaussian();
            full.add(values[i]);
        }
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
}
