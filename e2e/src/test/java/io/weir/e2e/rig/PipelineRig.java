package io.weir.e2e.rig;

import io.weir.core.reading.CanonicalJson;
import io.weir.core.reading.Reading;
import io.weir.local.servers.EmbeddedPipeline;
import io.weir.storage.session.CassandraConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Runs servers, topics with one partition, and any number of pipelines with their own settings over one keyspace. */
public final class PipelineRig implements AutoCloseable {

    private static final Path HOME = Path.of(System.getProperty("weir.home"));

    private final Path data;
    private final TestServers servers;
    private final Admin admin;
    private int configurations;

    public PipelineRig(Path data) {
        this.data = data;
        servers = TestServers.on(data);
        admin = Admin.create(Map.of("bootstrap.servers", servers.bootstrap()));
    }

    public String bootstrap() {
        return servers.bootstrap();
    }

    public CommandLine commandLine() {
        return servers.commandLine();
    }

    /** Connects to the tables; the caller closes the connection. */
    public CassandraConnection tables() {
        return servers.tables();
    }

    public void createTopic(String topic, Map<String, String> configuration) throws Exception {
        admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1).configs(configuration)))
                .all()
                .get(30, TimeUnit.SECONDS);
    }

    public void createTopic(String topic) throws Exception {
        createTopic(topic, Map.of("message.timestamp.type", "LogAppendTime"));
    }

    public void configure(String topic, String name, String value) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        AlterConfigOp change = new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(Map.of(resource, List.of(change))).all().get(30, TimeUnit.SECONDS);
    }

    /** Sends readings of one device in one transaction, a second apart in event time, and commits or aborts it. */
    public void send(String topic, Instant first, int readings, boolean commit) {
        Map<String, Object> config = Map.of("bootstrap.servers", servers.bootstrap(), "transactional.id", "rig");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (int i = 0; i < readings; i++) {
                Reading reading =
                        new Reading("d1", "g1", "heat", first.plusSeconds(i).toEpochMilli(), i);
                producer.send(new ProducerRecord<>(topic, CanonicalJson.bytes(reading)));
            }
            producer.flush();
            if (commit) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        }
    }

    public void send(String topic, Instant first, int readings) {
        send(topic, first, readings, true);
    }

    /** Sends one record. */
    public void send(String topic, byte @Nullable [] key, byte[] value) throws Exception {
        Map<String, Object> config = Map.of("bootstrap.servers", servers.bootstrap());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, key, value)).get(30, TimeUnit.SECONDS);
        }
    }

    /** Returns the last record of a topic. */
    public ConsumerRecord<byte[], byte[]> last(String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        Map<String, Object> config = Map.of("bootstrap.servers", servers.bootstrap());
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, consumer.endOffsets(List.of(partition)).get(partition) - 1);
            return consumer.poll(Duration.ofSeconds(30)).iterator().next();
        }
    }

    /** Runs a pipeline until it has caught up with its topic; its checkpoint has this name. */
    public CommandRun catchUp(String name, String... settings) throws IOException {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("weir.spark.trigger = available-now");
        return CommandRun.of(
                "run",
                "--data",
                data.resolve(name).toString(),
                "--servers",
                data.toString(),
                "--config",
                configuration(all).toString());
    }

    /** Starts a pipeline that runs until it is stopped. */
    public EmbeddedPipeline start(String name, String... settings) throws IOException {
        createPrivate(data.resolve(name));
        Map<String, String> addresses = new TreeMap<>(servers.sparkSettings());
        return EmbeddedPipeline.start(
                HOME,
                data.resolve(name).resolve("pipeline"),
                data.resolve(name + ".log"),
                addresses,
                Optional.of(configuration(List.of(settings))));
    }

    /** Waits for a pipeline that ends by itself; returns its last message. */
    public static String lastMessage(EmbeddedPipeline pipeline) throws Exception {
        int code = pipeline.process().onExit().get(Duration.ofMinutes(2).toSeconds(), TimeUnit.SECONDS);
        return pipeline.reasonToGiveUp(code).orElseGet(() -> pipeline.process().report("ended with exit code " + code));
    }

    /**
     * Writes a settings file. All pipelines of a keyspace share the command key in the directory of the servers, where
     * commands find it.
     */
    private Path configuration(List<String> settings) throws IOException {
        List<String> all = new ArrayList<>(settings);
        all.add(commandKey(data));
        return Files.write(data.resolve("settings-" + ++configurations + ".conf"), all);
    }

    /** Creates a directory as commands do, with access for its owner alone. */
    static void createPrivate(Path directory) throws IOException {
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** Writes a command key into a directory; returns the setting that names it. */
    static String commandKey(Path directory) throws IOException {
        Path key = directory.resolve("command.key");
        Files.writeString(key, "17".repeat(32));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        return "weir.pipeline.command-key = \"" + key + "\"";
    }

    @Override
    public void close() {
        admin.close();
        servers.close();
    }
}
