package io.weir.metricconsumer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.core.fold.command.CommandKey;
import io.weir.storage.run.FeedQuery;
import io.weir.storage.run.QueryLayout;
import io.weir.storage.schema.RawBucket;
import io.weir.storage.session.CassandraSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pins the defaults, and shows that every source sets every key. */
class WeirSettingsTest {

    private static final CommandKeyFile COMMAND_KEY = commandKey("17".repeat(32));

    private static final WeirSettings DEFAULTS = new WeirSettings(
            new KafkaSettings("127.0.0.1:9092", "readings", 4, 1, Duration.ofHours(750), "read_committed"),
            new CassandraSection(
                    List.of(InetSocketAddress.createUnresolved("127.0.0.1", 9042)),
                    "datacenter1",
                    "weir",
                    1,
                    "",
                    "",
                    "",
                    null,
                    null,
                    null,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    128,
                    200),
            new PipelineSettings(
                    ZoneId.of("UTC"),
                    Instant.parse("2000-01-01T00:00:00Z"),
                    Duration.ofMinutes(10),
                    null,
                    256 * 1024,
                    RawBucket.DAY,
                    4,
                    null,
                    QueryLayout.FUSED,
                    null,
                    10),
            new SparkSettings(
                    ".weir/checkpoint",
                    new TriggerSetting.MicroBatches(Duration.ofSeconds(1)),
                    1_000_000,
                    50_000,
                    Duration.ofSeconds(30),
                    0.4,
                    "",
                    new RealTimeSettings(
                            Duration.ofMillis(10),
                            Duration.ofMillis(100),
                            Duration.ofSeconds(5),
                            Duration.ofMinutes(5))),
            new MetricsSettings(null, "127.0.0.1"));

    /** Every key of reference.conf, with a value other than the default. */
    private static final Map<String, String> EVERY_KEY = new TreeMap<>(Map.ofEntries(
            Map.entry("weir.kafka.bootstrap-servers", "k1:9092,k2:9092"),
            Map.entry("weir.kafka.topic", "other-topic"),
            Map.entry("weir.kafka.partitions", "11"),
            Map.entry("weir.kafka.replication-factor", "3"),
            Map.entry("weir.kafka.retention", "100 hours"),
            Map.entry("weir.kafka.isolation-level", "read_uncommitted"),
            Map.entry("weir.cassandra.contact-points", "c1, c2:9142"),
            Map.entry("weir.cassandra.local-datacenter", "dc-2"),
            Map.entry("weir.cassandra.keyspace", "other_keyspace"),
            Map.entry("weir.cassandra.replication-factor", "5"),
            Map.entry("weir.cassandra.username", "someone"),
            Map.entry("weir.cassandra.password", "secret"),
            Map.entry("weir.cassandra.password-file", COMMAND_KEY.path()),
            Map.entry("weir.cassandra.raw-retention", "60 days"),
            Map.entry("weir.cassandra.rollup-retention", "900 days"),
            Map.entry("weir.cassandra.rejected-retention", "91 days"),
            Map.entry("weir.cassandra.request-timeout", "7 seconds"),
            Map.entry("weir.cassandra.retry-for", "8 minutes"),
            Map.entry("weir.cassandra.max-requests-in-flight", "12"),
            Map.entry("weir.cassandra.batch-rows", "13"),
            Map.entry("weir.pipeline.zone", "Europe/Berlin"),
            Map.entry("weir.pipeline.earliest", "2010-05-01T00:00:00Z"),
            Map.entry("weir.pipeline.future-bound", "14 minutes"),
            Map.entry("weir.pipeline.too-old", "15 days"),
            Map.entry("weir.pipeline.max-record-size", "16 KiB"),
            Map.entry("weir.pipeline.raw-bucket", "hour"),
            Map.entry("weir.pipeline.group-shards", "17"),
            Map.entry("weir.pipeline.command-key", COMMAND_KEY.path()),
            Map.entry("weir.pipeline.layout", "eight"),
            Map.entry("weir.pipeline.max-rejected-share", "0.25"),
            Map.entry("weir.pipeline.max-failures", "29"),
            Map.entry("weir.spark.checkpoint", "/other/checkpoint"),
            Map.entry("weir.spark.trigger", "available-now"),
            Map.entry("weir.spark.max-records-per-trigger", "18"),
            Map.entry("weir.spark.chunk-records", "19"),
            Map.entry("weir.spark.flush-interval", "20 seconds"),
            Map.entry("weir.spark.memory-share", "0.21"),
            Map.entry("weir.spark.ready-file", "/other/ready"),
            Map.entry("weir.spark.realtime.linger", "23 milliseconds"),
            Map.entry("weir.spark.realtime.flush-interval", "24 milliseconds"),
            Map.entry("weir.spark.realtime.ledger-interval", "26 seconds"),
            Map.entry("weir.spark.realtime.batch-duration", "25 minutes"),
            Map.entry("weir.metrics.port", "9464"),
            Map.entry("weir.metrics.address", "10.0.0.7")));

    private static final WeirSettings EVERY_VALUE = new WeirSettings(
            new KafkaSettings("k1:9092,k2:9092", "other-topic", 11, 3, Duration.ofHours(100), "read_uncommitted"),
            new CassandraSection(
                    List.of(
                            InetSocketAddress.createUnresolved("c1", 9042),
                            InetSocketAddress.createUnresolved("c2", 9142)),
                    "dc-2",
                    "other_keyspace",
                    5,
                    "someone",
                    "secret",
                    COMMAND_KEY.path(),
                    Duration.ofDays(60),
                    Duration.ofDays(900),
                    Duration.ofDays(91),
                    Duration.ofSeconds(7),
                    Duration.ofMinutes(8),
                    12,
                    13),
            new PipelineSettings(
                    ZoneId.of("Europe/Berlin"),
                    Instant.parse("2010-05-01T00:00:00Z"),
                    Duration.ofMinutes(14),
                    Duration.ofDays(15),
                    16 * 1024,
                    RawBucket.HOUR,
                    17,
                    COMMAND_KEY,
                    QueryLayout.EIGHT,
                    0.25,
                    29),
            new SparkSettings(
                    "/other/checkpoint",
                    new TriggerSetting.AvailableNow(),
                    18,
                    19,
                    Duration.ofSeconds(20),
                    0.21,
                    "/other/ready",
                    new RealTimeSettings(
                            Duration.ofMillis(23),
                            Duration.ofMillis(24),
                            Duration.ofSeconds(26),
                            Duration.ofMinutes(25))),
            new MetricsSettings(9464, "10.0.0.7"));

    @TempDir
    private Path directory;

    @Test
    void defaultsArePinned() {
        assertThat(WeirSettings.load(null, Map.of(), Map.of())).isEqualTo(DEFAULTS);
    }

    @Test
    void everyKeyHasATestValueOtherThanItsDefault() throws ReflectiveOperationException {
        assertThat(EVERY_KEY.keySet()).containsExactlyElementsOf(Keys.inReference());
        for (RecordComponent section : WeirSettings.class.getRecordComponents()) {
            Object defaults = section.getAccessor().invoke(DEFAULTS);
            Object others = section.getAccessor().invoke(EVERY_VALUE);
            for (RecordComponent field : defaults.getClass().getRecordComponents()) {
                assertThat(field.getAccessor().invoke(others))
                        .as(section.getName() + "." + field.getName())
                        .isNotEqualTo(field.getAccessor().invoke(defaults));
            }
        }
    }

    @Test
    void aFileSetsEveryKey() throws IOException {
        Path file = write(EVERY_KEY.entrySet().stream()
                .map(entry -> entry.getKey() + " = \"" + entry.getValue() + "\"")
                .collect(Collectors.joining("\n")));
        assertThat(WeirSettings.load(file, Map.of(), Map.of())).isEqualTo(EVERY_VALUE);
    }

    @Test
    void theEnvironmentSetsEveryKey() {
        Map<String, String> environment = new TreeMap<>();
        EVERY_KEY.forEach((key, value) -> environment.put(variable(key), value));
        assertThat(environment).containsKey("WEIR_KAFKA_BOOTSTRAP_SERVERS");
        assertThat(WeirSettings.load(null, environment, Map.of())).isEqualTo(EVERY_VALUE);
    }

    @Test
    void sparkSetsEveryKey() {
        Map<String, String> spark = new TreeMap<>();
        EVERY_KEY.forEach((key, value) -> spark.put("spark." + key, value));
        assertThat(WeirSettings.load(null, Map.of(), spark)).isEqualTo(EVERY_VALUE);
    }

    @Test
    void sparkOverridesTheEnvironmentAndThatOverridesTheFile() throws IOException {
        Path file = write("weir { kafka { topic = file, partitions = 5 }, pipeline.zone = Asia/Kolkata }");
        Map<String, String> environment = Map.of("WEIR_KAFKA_TOPIC", "environment", "WEIR_KAFKA_PARTITIONS", "6");
        WeirSettings settings = WeirSettings.load(file, environment, Map.of("spark.weir.kafka.topic", "spark"));
        assertThat(settings.kafka().topic()).isEqualTo("spark");
        assertThat(settings.kafka().partitions()).isEqualTo(6);
        assertThat(settings.pipeline().zone()).isEqualTo(ZoneId.of("Asia/Kolkata"));
        assertThat(settings.spark()).isEqualTo(DEFAULTS.spark());
    }

    @Test
    void followersShareTheChunkOfTheDecider() {
        WeirSettings eight = WeirSettings.load(null, Map.of(), Map.of("spark.weir.pipeline.layout", "eight"));
        assertThat(eight.chunkRecords(FeedQuery.RAW_BY_DEVICE)).isEqualTo(50_000);
        assertThat(eight.chunkRecords(FeedQuery.RAW_BY_GROUP)).isEqualTo(50_000 / 7);
        assertThat(DEFAULTS.chunkRecords(FeedQuery.RAW_BY_DEVICE)).isEqualTo(50_000);
    }

    @Test
    void foreignVariablesAndKeysAreIgnored() {
        Map<String, String> environment =
                Map.of("PATH", "/bin", "WEIR_HOME", "/weir", "WEIR_TESTING", "1", "WEIR_YES", "1");
        Map<String, String> spark = Map.of("spark.master", "local[2]", "spark.weird", "yes");
        assertThat(WeirSettings.load(null, environment, spark)).isEqualTo(DEFAULTS);
    }

    @Test
    void survivesSerialization() throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(EVERY_VALUE);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(EVERY_VALUE);
        }
    }

    @Test
    void thePasswordIsNeverPrinted() {
        assertThat(EVERY_VALUE.toString()).doesNotContain("secret");
        assertThat(EVERY_VALUE.cassandra().connection().toString()).doesNotContain("17".repeat(32));
    }

    @Test
    void thePasswordFileOverridesThePassword() {
        assertThat(EVERY_VALUE.cassandra().connection().credentials())
                .isEqualTo(new CassandraSettings.Credentials("someone", "17".repeat(32)));
    }

    @Test
    void foldsShareTheMemoryEqually() {
        assertThat(DEFAULTS.fold(4, 1_000_000_000).memory()).isEqualTo(100_000_000);
        assertThat(EVERY_VALUE.fold(1, 1_000_000_000).memory())
                .as("0.21 for eight queries")
                .isEqualTo(26_250_000);
    }

    @Test
    void settingsThatDecideWhatIsStoredAreFingerprinted() {
        Map<String, String> before = DEFAULTS.fingerprint("json/1");
        Map<String, String> after = EVERY_VALUE.fingerprint("json/2");
        assertThat(before)
                .containsOnlyKeys(
                        "format",
                        "commands",
                        "zone",
                        "zone-rules",
                        "earliest",
                        "future-bound",
                        "too-old",
                        "max-record-size",
                        "raw-bucket",
                        "group-shards",
                        "layout",
                        "isolation-level",
                        "raw-retention",
                        "rollup-retention");
        before.forEach((name, value) -> {
            assertThat(after.get(name)).as(name).isNotEqualTo(value);
        });
    }

    @Test
    void theCommandKeyIsNeverPrinted() {
        assertThat(EVERY_VALUE.toString()).doesNotContain("1717");
        assertThat(EVERY_VALUE.fingerprint("json/1").get("commands"))
                .contains(COMMAND_KEY.id())
                .doesNotContain("1717");
        assertThat(DEFAULTS.fingerprint("json/1")).containsEntry("commands", "none");
    }

    @Test
    void anExecutorWithAnotherCommandKeyIsRefused() {
        CommandKeyFile other = new CommandKeyFile(COMMAND_KEY.path(), "0011223344556677");
        assertThatThrownBy(other::read)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(COMMAND_KEY.path())
                .hasMessageContaining("0011223344556677");
        assertThat(COMMAND_KEY.read().id()).isEqualTo(COMMAND_KEY.id());
    }

    private static CommandKeyFile commandKey(String digits) {
        try {
            Path file = Files.createTempFile("weir-command", ".key"); // creates it with mode 0600
            file.toFile().deleteOnExit();
            Files.writeString(file, digits);
            return new CommandKeyFile(file.toString(), CommandKey.parse(digits).id());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("weir.conf"), text);
    }

    private static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    }
}
