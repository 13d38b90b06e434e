package io.weir.local.servers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.weir.storage.session.CassandraSettings.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServersIT {
    private static final Path HOME = Path.of(System.getProperty("weir.home"));
    private static final TopicPartition PARTITION = new TopicPartition("readings", 0);
    private static final int ROWS = 500;
    private static final Credentials DEFAULT_SUPERUSER = new Credentials("cassandra", "cassandra");

    @TempDir
    Path temporary;

    @Test
    void dataSurvivesARestartAndAKill() throws Exception {
        try (DataDirectory directory = DataDirectory.open(temporary)) {
            try (Servers servers = start(directory)) {
                directory.publish(servers.addresses(Optional.empty()));
                assertThat(Addresses.read(temporary).bootstrap())
                        .isEqualTo(servers.kafka().bootstrap());
                produce(servers.kafka(), "21.37");
                createTable(servers.cassandra());
                createDefaultSuperuser(servers.cassandra());
                write(servers.cassandra(), 0, () -> {});
                assertBudgets(servers);
            }
            Files.delete(DataDirectory.login(directory.path()).passwordFile());
            try (Servers servers = start(directory)) {
                assertThatThrownBy(() ->
                                session(servers.cassandra(), DEFAULT_SUPERUSER).close())
                        .hasMessageContaining("username cassandra and/or password are incorrect");
                assertThat(consume(servers.kafka())).isEqualTo("21.37");
                assertThat(count(servers.cassandra())).isEqualTo(ROWS);

                write(servers.cassandra(), ROWS, () -> killAfterSync(servers.cassandra()));
                assertThat(servers.onFirstExit().get(10, TimeUnit.SECONDS).name())
                        .isEqualTo("Cassandra");
            }
            try (EmbeddedCassandra cassandra = EmbeddedCassandra.start(
                    HOME, directory.directory("cassandra"), directory.log("cassandra"), PortChoice.free())) {
                assertThat(count(cassandra))
                        .as("writes that were acknowledged a second before a kill -9")
                        .isEqualTo(2 * ROWS);
            }
        }
    }

    @Test
    void aServerThatCannotStartIsReportedAndTheOtherStopped() throws IOException {
        try (DataDirectory directory = DataDirectory.open(temporary)) {
            Path data = Files.createDirectories(directory.directory("kafka").resolve("data"));
            Files.writeString(data.resolve("meta.properties"), "version=1\n");

            assertThatThrownBy(() -> start(directory))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("Kafka stopped while starting")
                    .hasMessageContaining(directory.log("kafka").toString())
                    .hasMessageNotContaining("\tat ");
            assertThat(ProcessHandle.current().children()).isEmpty();
        }
    }

    private static Servers start(DataDirectory directory) {
        return Servers.start(HOME, directory, PortChoice.any(), PortChoice.any(), notice -> {});
    }

    private static void produce(EmbeddedKafka kafka, String value) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrap());
        try (Admin admin = Admin.create(settings)) {
            admin.createTopics(List.of(new NewTopic(PARTITION.topic(), 1, (short) 1)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            // The broker replaces the producer's timestamp.
            producer.send(new ProducerRecord<>(PARTITION.topic(), 0, 1L, null, value.getBytes(UTF_8)))
                    .get(30, TimeUnit.SECONDS);
        }
    }

    private static String consume(EmbeddedKafka kafka) {
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrap());
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            ConsumerRecord<byte[], byte[]> record =
                    consumer.poll(Duration.ofSeconds(30)).iterator().next();
            assertThat(record.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
            return new String(record.value(), UTF_8);
        }
    }

    /** Recreates the default role of nodes of earlier versions, which had no authentication. */
    private static void createDefaultSuperuser(EmbeddedCassandra cassandra) {
        try (CqlSession session = session(cassandra)) {
            session.execute("CREATE ROLE cassandra WITH SUPERUSER = true AND LOGIN = true AND PASSWORD = 'cassandra'");
        }
        session(cassandra, DEFAULT_SUPERUSER).close();
    }

    private static void createTable(EmbeddedCassandra cassandra) {
        try (CqlSession session = session(cassandra)) {
            session.execute("CREATE KEYSPACE trial WITH replication = {'class': 'SimpleStrategy',"
                    + " 'replication_factor': 1}");
            session.execute("CREATE TABLE trial.rows (id int PRIMARY KEY, value double)"
                    + " WITH compaction = {'class': 'UnifiedCompactionStrategy'}");
        }
    }

    private static void write(EmbeddedCassandra cassandra, int from, Runnable whenAcknowledged) {
        try (CqlSession session = session(cassandra)) {
            PreparedStatement insert = session.prepare("INSERT INTO trial.rows (id, value) VALUES (?, ?)");
            List<CompletableFuture<?>> writes = new ArrayList<>();
            for (int id = from; id < from + ROWS; id++) {
                writes.add(session.executeAsync(insert.bind(id, id / 2.0)).toCompletableFuture());
            }
            writes.forEach(CompletableFuture::join);
            whenAcknowledged.run();
        }
    }

    /** The commit log is synced every 100 ms; after Cassandra's default period of 10 s the writes would be lost. */
    private static void killAfterSync(EmbeddedCassandra cassandra) {
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        cassandra.process().kill();
    }

    private static long count(EmbeddedCassandra cassandra) {
        try (CqlSession session = session(cassandra)) {
            return session.execute("SELECT count(*) FROM trial.rows").one().getLong(0);
        }
    }

    private static CqlSession session(EmbeddedCassandra cassandra) {
        return session(cassandra, cassandra.login().credentials());
    }

    private static CqlSession session(EmbeddedCassandra cassandra, Credentials login) {
        // The driver's two seconds are too few for DDL on a busy machine.
        DriverConfigLoader patient = DriverConfigLoader.programmaticBuilder()
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(30))
                .build();
        return CqlSession.builder()
                .withConfigLoader(patient)
                .addContactPoint(cassandra.contactPoint())
                .withLocalDatacenter(EmbeddedCassandra.LOCAL_DATACENTER)
                .withAuthCredentials(login.user(), login.password())
                .build();
    }

    /** The limit of resident memory, in MB. */
    private static void assertBudgets(Servers servers) throws IOException {
        Path proc = Path.of("/proc/self/status");
        assumeTrue(Files.exists(proc));
        assertThat(residentMegabytes(servers.kafka().process())).isLessThan(600);
        assertThat(residentMegabytes(servers.cassandra().process())).isLessThan(1_700);
    }

    private static long residentMegabytes(ChildProcess process) throws IOException {
        try (var lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            String resident =
                    lines.filter(line -> line.startsWith("VmRSS:")).findFirst().orElseThrow();
            return Long.parseLong(resident.replaceAll("\\D", "")) / 1024;
        }
    }
}
