package io.weir.benchmarks.jmh;

import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.WindowCalendar;
import java.time.ZoneId;
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
import org.openjdk.jmh.infra.Blackhole;

/** Finds the hour, day and month of a reading: time for the three of them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WindowBenchmark {

    private static final int TIMES = 10_000;
    private static final long BEGIN = 1_774_652_400_000L;
    private static final int STEP_MILLIS = 250;
    private static final int WEEK_MILLIS = 7 * 86_400_000;

    /** With and without changes of the clock. */
    @Param({"UTC", "Europe/Brussels"})
    private String zone = "UTC";

    /** How many of a hundred readings are days late, and so in other windows than those before them. */
    @Param({"0", "1", "100"})
    private int latePercent;

    private final long[] times = new long[TIMES];
    private WindowCalendar calendar = new WindowCalendar(ZoneId.of(zone));

    @Setup(Level.Trial)
    public void fill() {
        calendar = new WindowCalendar(ZoneId.of(zone));
        Random random = new Random(1);
        for (int i = 0; i < TIMES; i++) {
            boolean late = random.nextInt(100) < latePercent;
            times[i] = BEGIN + (long) STEP_MILLIS * i - (late ? random.nextInt(WEEK_MILLIS) : 0);
        }
    }

    @Benchmark
    @OperationsPerInvocation(TIMES)
    public void windows(Blackhole used) {
        for (long time : times) {
            for (Resolution resolution : Resolution.values()) {
                used.consume(calendar.windowOf(resolution, time));
            }
        }
    }
}
