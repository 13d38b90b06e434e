package io.weir.benchmarks.jmh;

import io.weir.benchmarks.Home;
import io.weir.benchmarks.Trees;
import io.weir.core.fold.port.RollupRow;
import io.weir.core.fold.port.SourceTables;
import io.weir.core.fold.port.StoredReading;
import io.weir.core.reading.Reading;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Rollup;
import io.weir.core.rollup.RollupKey;
import io.weir.core.rollup.Window;
import io.weir.core.rollup.WindowCalendar;
import io.weir.local.servers.EmbeddedCassandra;
import io.weir.local.servers.PortChoice;
import io.weir.storage.CassandraTables;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.schema.Schema;
import io.weir.storage.schema.SchemaSettings;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.source.SourceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Encodes rows, sends them to a Cassandra of its own, and waits until they are durable, the same ones again and again.
 * The time is that of both, on the same cores; what is allocated is the pipeline's share alone.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WriteBenchmark {

    private static final int SERIES = 250;
    private static final int READINGS = 80 * SERIES;
    private static final long BEGIN = Instant.parse("2026-03-29T12:00:00Z").toEpochMilli();
    private static final int APART_MILLIS = 10_000;

    private final List<StoredReading> readings = new ArrayList<>();
    private final List<RollupRow> hours = new ArrayList<>();
    private @Nullable Node node;

    /** A Cassandra with Weir's tables, and a connection to it. */
    private record Node(
            Path directory, EmbeddedCassandra cassandra, CassandraConnection connection, SourceTables tables) {

        static Node start() throws IOException {
            Path directory = Files.createTempDirectory("weir-jmh");
            int port = PortChoice.any().take("Cassandra", "--port", notice -> {});
            EmbeddedCassandra cassandra =
                    EmbeddedCassandra.start(Home.path(), directory.resolve("node"), directory.resolve("log"), port);
            CassandraConnection connection = CassandraConnection.open(cassandra.settings());
            new Schema(connection, SchemaSettings.DEFAULT).apply();
            SourceId source = new SourceId(1, "readings", "topic", 0);
            return new Node(
                    directory,
                    cassandra,
                    connection,
                    new CassandraTables(connection, PartitionLayout.DEFAULT).of(source));
        }

        void stop() throws IOException {
            connection.close();
            cassandra.close();
            Trees.delete(directory);
        }
    }

    @Setup(Level.Trial)
    public void start() throws IOException {
        node = Node.start();
        Rollup rollup = new Rollup();
        for (int n = 0; n < READINGS; n++) {
            long time = BEGIN + (long) APART_MILLIS * (n / SERIES);
            Reading reading = new Reading("device-" + n % SERIES, "group", "metric", time, n % 100);
            readings.add(new StoredReading(reading, n, time));
            rollup.add(time, reading.device(), reading.value());
        }
        Window hour = new WindowCalendar(ZoneOffset.UTC).windowOf(Resolution.HOUR, BEGIN);
        for (int n = 0; n < SERIES; n++) {
            RollupKey key = new RollupKey(io.weir.core.rollup.Scope.DEVICE, "device-" + n, "metric", hour);
            hours.add(new RollupRow(key, rollup, READINGS, BEGIN));
        }
    }

    @TearDown(Level.Trial)
    public void stop() throws IOException {
        running().stop();
    }

    /** A chunk into both raw tables. */
    @Benchmark
    @OperationsPerInvocation(READINGS)
    public void reading() {
        running().tables().writeReadings(readings).await();
    }

    /** Rows with the sketches of many values, each in a partition of its own. */
    @Benchmark
    @OperationsPerInvocation(SERIES)
    public void rollup() {
        running().tables().writeRollups(hours).await();
    }

    private Node running() {
        if (node == null) {
            throw new IllegalStateException("not started");
        }
        return node;
    }
}
