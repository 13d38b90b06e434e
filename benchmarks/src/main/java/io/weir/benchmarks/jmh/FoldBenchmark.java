package io.weir.benchmarks.jmh;

import io.weir.core.fold.engine.DecidingFold;
import io.weir.core.fold.engine.FoldSettings;
import io.weir.core.fold.port.LogRecord;
import io.weir.core.reading.JsonReadingDecoder;
import io.weir.metricproducer.ProgressListener;
import io.weir.metricproducer.RecordSink;
import io.weir.metricproducer.simulation.Mix;
import io.weir.metricproducer.simulation.SimulationSettings;
import io.weir.metricproducer.simulation.Simulator;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
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

/**
 * Decodes, decides and folds chunks of a simulated fleet's log over {@link MemoryTables}: time for each reading, with
 * the flush that writes rollups and ledger once for each log of {@value #CHUNKS} chunks.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FoldBenchmark {

    private static final int CHUNK = 5000;
    private static final int CHUNKS = 20;
    private static final Instant NOW = Instant.parse("2026-03-29T12:00:00Z");

    /** Fractions of late readings and of duplicates. */
    @Param({"0", "0.01", "0.1"})
    private double disorder;

    private List<LogRecord> log = new ArrayList<>();
    private MemoryTables applied = new MemoryTables();

    @Setup(Level.Trial)
    public void simulate() {
        log = new ArrayList<>();
        Mix mix = new Mix(disorder, disorder, 0, 0, 0);
        SimulationSettings fleet = new SimulationSettings(50, 4, 0, CHUNK * CHUNKS, mix, 1);
        new Simulator(fleet, Clock.fixed(NOW, ZoneOffset.UTC)).run(new Collector(log), ProgressListener.NONE);
        applied = new MemoryTables();
        applyTo(applied);
    }

    /** A source's life from its first record, so that every reading is as new as in the log. */
    @Benchmark
    @OperationsPerInvocation(CHUNK * CHUNKS)
    public DecidingFold log() {
        return applyTo(new MemoryTables());
    }

    /** The same log once more where the ledger accounts for all of it, as a task sees it that is repeated. */
    @Benchmark
    @OperationsPerInvocation(CHUNK * CHUNKS)
    public DecidingFold appliedLog() {
        return applyTo(applied);
    }

    private DecidingFold applyTo(MemoryTables tables) {
        DecidingFold fold =
                new DecidingFold(FoldSettings.DEFAULT, new JsonReadingDecoder(), tables, (from, to) -> true);
        fold.open();
        for (int from = 0; from < log.size(); from += CHUNK) {
            fold.apply(log.subList(from, from + CHUNK));
        }
        fold.flush();
        return fold;
    }

    private record Collector(List<LogRecord> log) implements RecordSink {

        @Override
        public void send(byte[] key, byte[] value) {
            log.add(new LogRecord(log.size(), NOW.toEpochMilli(), key, value));
        }

        @Override
        public void flush() {}
    }
}
