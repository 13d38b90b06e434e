package io.weir.benchmarks.steady;

import io.weir.benchmarks.latency.ProbedTables;
import io.weir.benchmarks.measured.Checks;
import io.weir.benchmarks.measured.NotMeasuredException;
import io.weir.benchmarks.measured.Verdict;
import io.weir.benchmarks.variant.Assignment;
import io.weir.benchmarks.variant.BareConsumer;
import io.weir.benchmarks.variant.Job;
import io.weir.benchmarks.variant.SparkProgress;
import io.weir.benchmarks.variant.Variant;
import io.weir.benchmarks.variant.VariantJvm;
import io.weir.local.servers.DataDirectory;
import io.weir.local.servers.Heaps;
import io.weir.local.servers.PortChoice;
import io.weir.local.servers.Servers;
import io.weir.metricconsumer.config.WeirSettings;
import io.weir.metricproducer.simulation.Truth;
import io.weir.storage.CassandraReadTables;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.schema.Schema;
import io.weir.storage.schema.SchemaSettings;
import io.weir.storage.session.CassandraConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/** The variants {@code spark-state} and {@code ceiling}, with the servers and the heap of {@code weir up}. */
final class OtherPipeline implements MeasuredPipeline {

    private static final String KEYSPACE = "weir";
    private static final short ONE_REPLICA = 1;
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final Duration FUTURE_BOUND = Duration.ofMinutes(10);
    private static final long LOOK_MILLIS = 200;

    private final Variant variant;
    private final Servers servers;
    private final Admin admin;
    private final Job job;
    private final CassandraConnection connection;
    private final Process process;
    private final CompletableFuture<String> failure;
    private final ProbedTables probed;

    private OtherPipeline(
            Variant variant,
            Servers servers,
            Admin admin,
            Job job,
            CassandraConnection connection,
            Process process,
            Path log) {
        this.variant = variant;
        this.servers = servers;
        this.admin = admin;
        this.job = job;
        this.connection = connection;
        this.process = process;
        this.failure = CompletableFuture.anyOf(
                        process.onExit()
                                .thenApply(ended -> variant.label() + " has ended with exit code " + ended.exitValue()
                                        + " (" + log + ")"),
                        servers.onFirstExit().thenApply(server -> server.reportEnd("The run is over")))
                .thenApply(String.class::cast);
        this.probed = variant.claim() == Variant.Claim.PLAIN
                ? new PlainProbedTables(connection)
                : new RawProbedTables(CassandraReadTables.open(connection, PartitionLayout.DEFAULT, FUTURE_BOUND));
    }

    static OtherPipeline start(Variant variant, Path home, DataDirectory data, Heaps heaps, Consumer<String> notices)
            throws IOException, InterruptedException {
        notices.accept("Starting Kafka and Cassandra");
        Servers servers = Servers.start(home, data, PortChoice.any(), PortChoice.any(), heaps, notices);
        try {
            notices.accept("Starting " + variant.label());
            return start(variant, home, data, heaps, servers);
        } catch (IOException | InterruptedException | RuntimeException e) {
            servers.close();
            throw e;
        }
    }

    @SuppressWarnings("resource") // closed here on a failure, and else by close()
    private static OtherPipeline start(Variant variant, Path home, DataDirectory data, Heaps heaps, Servers servers)
            throws IOException, InterruptedException {
        Path directory = data.directory("pipeline");
        int partitions = WeirSettings.load(null, Map.of(), Map.of()).kafka().partitions();
        Job job = new Job(
                servers.kafka().bootstrap(),
                servers.cassandra().port(),
                servers.cassandra().login().settings(),
                TOPIC,
                partitions,
                KEYSPACE,
                KEYSPACE,
                directory.toString(),
                directory.toString());
        Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, job.bootstrap()));
        Process process = null;
        CassandraConnection connection = null;
        try {
            create(admin, partitions);
            connection = job.connect(KEYSPACE);
            if (variant.claim() != Variant.Claim.PLAIN) {
                new Schema(connection, SchemaSettings.DEFAULT.withKeyspace(KEYSPACE)).apply();
            }
            process = new VariantJvm(home, heaps, false)
                    .startEndless(
                            new Assignment(
                                    variant,
                                    Map.of(),
                                    servers.kafka().process().pid(),
                                    servers.cassandra().process().pid(),
                                    job,
                                    job),
                            directory);
            Path log = VariantJvm.log(directory);
            awaitStarted(variant, job, process, log);
            return new OtherPipeline(variant, servers, admin, job, connection, process, log);
        } catch (IOException | InterruptedException | RuntimeException e) {
            if (process != null) {
                process.destroyForcibly();
            }
            if (connection != null) {
                connection.close();
            }
            admin.close(Duration.ZERO);
            throw e;
        }
    }

    private static void create(Admin admin, int partitions) throws InterruptedException {
        try {
            admin.createTopics(List.of(new NewTopic(TOPIC, partitions, ONE_REPLICA)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new NotMeasuredException("Kafka has not created the topic: " + e.getCause());
        }
    }

    private static void awaitStarted(Variant variant, Job job, Process process, Path log) throws InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (variant == Variant.SPARK_STATE
                && !SparkProgress.ofStateStore(job).isStarted()) {
            if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new NotMeasuredException(variant.label() + " has ended with exit code " + process.exitValue()
                        + " while it was starting (" + log + ")");
            }
            if (System.nanoTime() > deadline) {
                throw new NotMeasuredException(
                        variant.label() + " has not started within " + START_LIMIT.toSeconds() + " s (" + log + ")");
            }
        }
    }

    @Override
    public Servers servers() {
        return servers;
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public CompletableFuture<String> failure() {
        return failure;
    }

    @Override
    public String keyspace() {
        return KEYSPACE;
    }

    @Override
    public ProbedTables probed() {
        return probed;
    }

    @Override
    public long accounted() throws InterruptedException {
        try {
            return variant == Variant.SPARK_STATE
                    ? SparkProgress.ofStateStore(job).committed()
                    : committed();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long committed() throws InterruptedException {
        try {
            return admin
                    .listConsumerGroupOffsets(BareConsumer.GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .values()
                    .stream()
                    .mapToLong(OffsetAndMetadata::offset)
                    .sum();
        } catch (ExecutionException e) {
            throw new NotMeasuredException("Kafka does not tell what the consumers have committed: " + e.getCause());
        }
    }

    @Override
    public Verdict check(Truth truth, FleetSample sample, long records) {
        return variant.claim() == Variant.Claim.PLAIN
                ? Checks.plain(connection, truth)
                : Checks.rawInTotal(connection, truth);
    }

    @Override
    public void close() {
        process.toHandle().destroy(); // by the handle: Process.destroy() would also close the pipe to its parent
        Optional.of(process).filter(running -> !hasEnded(running)).ifPresent(Process::destroyForcibly);
        process.onExit().join();
        connection.close();
        admin.close(Duration.ZERO);
        servers.close();
    }

    private static boolean hasEnded(Process process) {
        try {
            return process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
