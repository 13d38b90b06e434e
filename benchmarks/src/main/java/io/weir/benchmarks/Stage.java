package io.weir.benchmarks;

import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.weir.benchmarks.measured.Calm;
import io.weir.benchmarks.measured.Checks;
import io.weir.benchmarks.measured.Verdict;
import io.weir.benchmarks.variant.Assignment;
import io.weir.benchmarks.variant.Job;
import io.weir.benchmarks.variant.Measurement;
import io.weir.benchmarks.variant.Variant;
import io.weir.local.servers.DataDirectory;
import io.weir.local.servers.PortChoice;
import io.weir.local.servers.Servers;
import io.weir.metricproducer.simulation.Truth;
import io.weir.storage.session.CassandraConnection;
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

/** The servers of a comparison, on which variants run one after the other in separate keyspaces. */
final class Stage implements AutoCloseable {

    private static final String MEASURED = "measured";

    /**
     * The maximum number of series for a full verification, which takes several requests per series; beyond it only
     * totals are checked.
     */
    private static final int MOST_VERIFIED_SERIES = 20_000;

    private static final Duration CHANGE_TIMEOUT = Duration.ofSeconds(60);

    private final String name;
    private final DataDirectory directory;
    private final Servers servers;
    private final VariantProcess processes;
    private final List<String> keyspaces = new ArrayList<>();
    private int courses;

    /** @param name a unique name, so that stages on the same directory do not share data */
    private Stage(String name, DataDirectory directory, Servers servers, VariantProcess processes) {
        this.name = name;
        this.directory = directory;
        this.servers = servers;
        this.processes = processes;
    }

    /** Starts the servers. */
    static Stage set(Path home, Path data, VariantProcess processes, Consumer<String> notices) {
        DataDirectory directory = DataDirectory.open(data);
        try {
            notices.accept("Starting Kafka and Cassandra");
            Servers servers =
                    Servers.start(home, directory, PortChoice.any(), PortChoice.any(), processes.heaps(), notices);
            return new Stage(
                    Long.toString(System.currentTimeMillis(), Character.MAX_RADIX), directory, servers, processes);
        } catch (RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /** Creates and fills a log. */
    Course fill(Workload workload) throws InterruptedException, ExecutionException {
        String course = name + "_" + courses++;
        String bootstrap = servers.kafka().bootstrap();
        return new Course(
                course,
                workload,
                Log.fill(bootstrap, "warm-up-" + course, workload.partitions(), workload.ofWarmUp()),
                Log.fill(bootstrap, "measured-" + course, workload.partitions(), workload.measured()));
    }

    /**
     * Runs one variant and verifies its rows; its keyspaces stay until {@link #clear}.
     *
     * @param tuning settings for the variant {@code tuned}
     */
    Run run(Course course, Variant variant, Map<String, String> tuning, int round)
            throws IOException, InterruptedException {
        Calm.await(servers.cassandra().process().pid());
        Job warming = job(course, course.warmUp(), variant, round, "warm_up");
        Job measuring = job(course, course.measured(), variant, round, MEASURED);
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
            Measurement took = processes.run(assignment, directoryOf(course, variant, round));
            return new Run(round, variant, took, check(course, variant, round, took));
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

    /** Removes the snapshots that Cassandra creates of dropped tables. */
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

    private Job job(Course course, Log log, Variant variant, int round, String part) {
        return new Job(
                servers.kafka().bootstrap(),
                servers.cassandra().port(),
                servers.cassandra().login().settings(),
                log.topic(),
                course.workload().partitions(),
                course.keyspace(variant, round, part),
                course.keyspace(Variant.FUSED, round, part),
                directoryOf(course, variant, round).resolve(part).toString(),
                directoryOf(course, Variant.FUSED, round).resolve(part).toString());
    }

    private Path directoryOf(Course course, Variant variant, int round) {
        return directory.directory("runs").resolve(course.name()).resolve(round + "-" + variant.label());
    }

    private Verdict check(Course course, Variant variant, int round, Measurement took) {
        Truth truth = course.measured().truth();
        if (variant.claim() == Variant.Claim.NONE) {
            return Checks.counted(took.counted(), truth);
        }
        try (CassandraConnection connection = connect(course.keyspace(variant, round, MEASURED))) {
            if (variant.claim() == Variant.Claim.PLAIN) {
                return Checks.plain(connection, truth);
            }
            boolean copied = variant == Variant.CEILING;
            return copied || course.workload().measured().series() > MOST_VERIFIED_SERIES
                    ? Checks.weirInTotal(connection, truth)
                    : Checks.weir(connection, truth);
        }
    }

    private CassandraConnection connect(String keyspace) {
        return CassandraConnection.open(servers.cassandra().settings().withKeyspace(keyspace));
    }
}
