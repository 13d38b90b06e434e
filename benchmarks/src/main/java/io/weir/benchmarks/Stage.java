package io.weir.benchmarks;

import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.weir.benchmarks.variant.Assignment;
import io.weir.benchmarks.variant.Job;
import io.weir.benchmarks.variant.Measurement;
import io.weir.benchmarks.variant.Variant;
import io.weir.local.servers.DataDirectory;
import io.weir.local.servers.PortChoice;
import io.weir.local.servers.Servers;
import io.weir.storage.CassandraConnection;
import io.weir.storage.CassandraSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The servers with a filled log, on which one variant after the other runs in keyspaces of its own. */
final class Stage implements AutoCloseable {

    private static final Duration CHANGE_TIMEOUT = Duration.ofSeconds(60);

    private final String name;
    private final DataDirectory directory;
    private final Servers servers;
    private final Workload workload;
    private final VariantProcess processes;
    private final Map<String, String> tuning;
    private final Log warmUp;
    private final Log measured;
    private final List<String> keyspaces = new ArrayList<>();

    /**
     * @param name of its own, so that another on the same directory finds nothing of it
     */
    private Stage(
            String name,
            DataDirectory directory,
            Servers servers,
            Workload workload,
            VariantProcess processes,
            Map<String, String> tuning,
            Log warmUp,
            Log measured) {
        this.name = name;
        this.directory = directory;
        this.servers = servers;
        this.workload = workload;
        this.processes = processes;
        this.tuning = tuning;
        this.warmUp = warmUp;
        this.measured = measured;
    }

    /** Starts the servers, and fills the log. */
    static Stage set(
            Path home,
            Path data,
            Workload workload,
            VariantProcess processes,
            Map<String, String> tuning,
            Consumer<String> notices)
            throws InterruptedException, ExecutionException {
        DataDirectory directory = DataDirectory.open(data);
        try {
            notices.accept("Starting Kafka and Cassandra");
            Servers servers = Servers.start(home, directory, PortChoice.any(), PortChoice.any(), notices);
            try {
                notices.accept("Filling the log");
                String bootstrap = servers.kafka().bootstrap();
                String name = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
                Log warmUp = Log.fill(bootstrap, "warm-up-" + name, workload.partitions(), workload.ofWarmUp());
                Log measured = Log.fill(bootstrap, "measured-" + name, workload.partitions(), workload.measured());
                return new Stage(name, directory, servers, workload, processes, tuning, warmUp, measured);
            } catch (RuntimeException | InterruptedException | ExecutionException e) {
                servers.close();
                throw e;
            }
        } catch (RuntimeException | InterruptedException | ExecutionException e) {
            directory.close();
            throw e;
        }
    }

    /** Runs one variant and checks what it did; its keyspaces stay until {@link #clear}. */
    Run run(Variant variant, int round) throws IOException, InterruptedException {
        Calm.await(servers.cassandra().process().pid());
        Job warming = job(warmUp, variant, round, "warm_up");
        Job measuring = job(measured, variant, round, "measured");
        keyspaces.add(warming.keyspace());
        keyspaces.add(measuring.keyspace());
        Assignment assignment = new Assignment(
                variant,
                tuning,
                servers.kafka().process().pid(),
                servers.cassandra().process().pid(),
                warming,
                measuring);
        try {
            Measurement took = processes.run(assignment, directoryOf(variant, round));
            return new Run(round, variant, took, check(variant, measuring.keyspace(), took));
        } catch (FailedRunException e) {
            return new Run(round, variant, null, Verdict.wrong(String.valueOf(e.getMessage()), 0));
        }
    }

    /** Drops the keyspaces of all runs so far. */
    void clear() throws IOException {
        try (CassandraConnection connection = connect("system")) {
            for (String keyspace : keyspaces) {
                connection
                        .session()
                        .execute(SimpleStatement.newInstance("DROP KEYSPACE IF EXISTS " + keyspace)
                                .setTimeout(CHANGE_TIMEOUT));
                deleteSnapshots(directory.directory("cassandra").resolve("data").resolve(keyspace));
            }
        }
        keyspaces.clear();
    }

    /** Cassandra keeps one of every table that it drops, which nobody will miss here. */
    private static void deleteSnapshots(Path keyspace) throws IOException {
        if (!Files.exists(keyspace)) {
            return;
        }
        List<Path> tables;
        try (Stream<Path> found = Files.list(keyspace)) {
            tables = found.toList();
        }
        for (Path table : tables) {
            Trees.delete(table.resolve("snapshots"));
        }
    }

    @Override
    public void close() {
        try (directory) {
            servers.close();
        }
    }

    private Job job(Log log, Variant variant, int round, String part) {
        Variant owner = variant.goesOnWithFused() ? Variant.FUSED : variant;
        return new Job(
                servers.kafka().bootstrap(),
                servers.cassandra().port(),
                log.topic(),
                workload.partitions(),
                keyspace(owner, round, part),
                keyspace(Variant.FUSED, round, part),
                directoryOf(variant, round).resolve(part).toString(),
                directoryOf(Variant.FUSED, round).resolve(part).toString());
    }

    private Path directoryOf(Variant variant, int round) {
        return directory.directory("runs").resolve(name).resolve(round + "-" + variant.label());
    }

    private String keyspace(Variant variant, int round, String part) {
        return "bench_" + name + "_" + variant.label().replace('-', '_') + "_" + round + "_" + part;
    }

    private Verdict check(Variant variant, String keyspace, Measurement took) {
        if (variant.claim() == Variant.Claim.NONE) {
            return Checks.counted(took.counted(), measured.truth());
        }
        try (CassandraConnection connection = connect(keyspace)) {
            return variant.claim() == Variant.Claim.WEIR
                    ? Checks.weir(connection, measured.truth())
                    : Checks.plain(connection, measured.truth());
        }
    }

    private CassandraConnection connect(String keyspace) {
        return CassandraConnection.open(CassandraSettings.DEFAULT
                .withContactPoints(List.of(servers.cassandra().contactPoint()))
                .withKeyspace(keyspace));
    }
}
