package io.weir.e2e.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import io.weir.local.servers.EmbeddedCassandra;
import io.weir.local.servers.EmbeddedKafka;
import io.weir.local.servers.PortChoice;
import io.weir.storage.session.CassandraSettings.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Runs Kafka, Cassandra and pipelines on one machine, so that a test can break and restore each of them. */
public final class FaultRig implements AutoCloseable {

    public static final String TOPIC = "readings";
    public static final String KEYSPACE = "weir";

    /** A slot for each of eight queries and four partitions; most of them wait. */
    private static final String MASTER = "local[32]";

    private static final Path HOME = Path.of(System.getProperty("weir.home"));

    private final Path directory;
    private final SparkInstallation spark;
    private final Map<String, String> settings;
    private final int kafkaPort = freePort("Kafka");
    private final int cassandraPort = freePort("Cassandra");
    private final Map<String, RunningProcess> pipelines = new TreeMap<>();
    private final List<SmallVolume> volumes = new ArrayList<>();
    private EmbeddedKafka kafka;
    private EmbeddedCassandra cassandra;
    private int starts;

    private FaultRig(Path directory, Map<String, String> settings) throws IOException {
        this.directory = directory;
        this.settings = settings;
        this.spark = SparkInstallation.in(directory.resolve("spark"));
    }

    /** Starts both servers. The settings apply to every pipeline, by their names in Spark's configuration. */
    public static FaultRig start(Path directory, Map<String, String> settings) throws IOException {
        FaultRig rig = new FaultRig(directory, settings);
        rig.startKafka();
        rig.startCassandra();
        return rig;
    }

    public CommandLine commandLine() {
        return CommandLine.with(
                cassandra.login(), "--bootstrap", bootstrap(), "--contact-points", "127.0.0.1:" + cassandraPort);
    }

    public String bootstrap() {
        return "127.0.0.1:" + kafkaPort;
    }

    void startKafka() {
        kafka = EmbeddedKafka.start(HOME, directory.resolve("kafka"), log("kafka"), kafkaPort);
    }

    EmbeddedKafka kafka() {
        return kafka;
    }

    void startCassandra() {
        cassandra = EmbeddedCassandra.start(HOME, cassandraDirectory(), log("cassandra"), cassandraPort);
    }

    EmbeddedCassandra cassandra() {
        return cassandra;
    }

    Path cassandraDirectory() {
        return directory.resolve("cassandra");
    }

    /** Copies Cassandra's data; stops the node meanwhile. */
    public void copyCassandra(String name) throws IOException {
        cassandra.close();
        delete(directory.resolve(name));
        copy(cassandraDirectory(), directory.resolve(name));
        startCassandra();
    }

    /** Kills Cassandra and starts it with an older copy of its data. */
    public void replaceCassandra(String name) throws IOException {
        cassandra.process().kill();
        delete(cassandraDirectory());
        copy(directory.resolve(name), cassandraDirectory());
        startCassandra();
    }

    /** Kills Cassandra and starts it without any data. */
    void emptyCassandra() throws IOException {
        cassandra.process().kill();
        delete(cassandraDirectory());
        startCassandra();
    }

    /** Returns the checkpoint directory of a pipeline; each query has a subdirectory of its name. */
    Path checkpointOf(String pipeline) {
        return directory.resolve(pipeline).resolve("checkpoint");
    }

    /** Starts a pipeline with its own checkpoint; returns when it reads the log. */
    public RunningProcess startPipeline(String name) throws IOException {
        return startPipeline(name, Map.of());
    }

    /** Starts a pipeline with additional environment variables. */
    public RunningProcess startPipeline(String name, Map<String, String> variables) throws IOException {
        Path own = Files.createDirectories(directory.resolve(name));
        Path ready = own.resolve("ready-" + ++starts);
        Map<String, String> all = new TreeMap<>(settings);
        all.put("spark.weir.pipeline.max-failures", "off"); // a slow machine may not complete a batch between two kills
        all.put("spark.driver.memory", "1g");
        all.put("spark.driver.extraJavaOptions", "-XX:+ExitOnOutOfMemoryError");
        all.put("spark.local.dir", own.resolve("tmp").toString());
        all.put("spark.weir.kafka.bootstrap-servers", bootstrap());
        all.put("spark.weir.cassandra.contact-points", "127.0.0.1:" + cassandraPort);
        all.putAll(cassandra.login().settings());
        all.put("spark.weir.spark.checkpoint", checkpointOf(name).toString());
        all.put("spark.weir.spark.ready-file", ready.toString());
        RunningProcess pipeline = spark.submit(name, log(name + "-" + starts), MASTER, all, variables);
        pipelines.put(name, pipeline);
        await().atMost(Duration.ofMinutes(3)).until(() -> pipeline.isAlive() && Files.exists(ready));
        return pipeline;
    }

    RunningProcess pipeline(String name) {
        return pipelines.get(name);
    }

    /** Requires that a pipeline ends because another has taken over its topic. */
    void assertReplaced(String name) {
        assertEnded(name, "another pipeline has taken over the topic " + TOPIC);
    }

    /** Requires that a pipeline ends by itself, with exit code 1 and this message. */
    void assertEnded(String name, String message) {
        RunningProcess ended = pipelines.remove(name);
        assertThat(ended.awaitExit()).as(ended.log()).isEqualTo(1);
        assertThat(ended.hasWritten(message)).as(ended.log()).isTrue();
        ended.close();
    }

    /** Requires that all pipelines are still running. */
    public void assertPipelinesRun() {
        assertThat(pipelines.values()).allMatch(RunningProcess::isAlive);
    }

    /** Mounts a volume of this size over a directory, until this is closed. */
    SmallVolume mount(Path over, int megabytes) throws IOException {
        SmallVolume volume = SmallVolume.mount(over, megabytes);
        volumes.add(volume);
        return volume;
    }

    public CqlSession session() {
        Credentials login = cassandra.login().credentials();
        return CqlSession.builder()
                .addContactPoint(cassandra.contactPoint())
                .withLocalDatacenter(EmbeddedCassandra.LOCAL_DATACENTER)
                .withAuthCredentials(login.user(), login.password())
                .build();
    }

    /** Copies a directory, links included. */
    static void copy(Path from, Path to) throws IOException {
        run("cp", "-a", from.toString(), to.toString());
    }

    static void delete(Path path) throws IOException {
        run("rm", "-rf", path.toString());
    }

    static void run(String... words) throws IOException {
        int code = new ProcessBuilder(words).inheritIO().start().onExit().join().exitValue();
        if (code != 0) {
            throw new IOException(String.join(" ", words) + " failed with " + code);
        }
    }

    private Path log(String name) {
        return directory.resolve(name + ".log");
    }

    private static int freePort(String server) {
        return PortChoice.any().take(server, "none", notice -> {});
    }

    @Override
    public void close() {
        pipelines.values().forEach(RunningProcess::close);
        Stream.of(kafka, cassandra).forEach(FaultRig::close);
        volumes.forEach(FaultRig::close);
    }

    private static void close(AutoCloseable part) {
        try {
            if (part != null) {
                part.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
