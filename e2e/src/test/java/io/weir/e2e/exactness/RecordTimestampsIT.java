package io.weir.e2e.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.e2e.rig.CommandRun;
import io.weir.e2e.rig.TestServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sends records with impossible timestamps to a topic that takes timestamps from producers. */
@Timeout(300)
class RecordTimestampsIT {

    private static final String TOPIC = "readings";
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void aTimestampOutOfBoundsRejectsTheReading(@TempDir Path data) throws Exception {
        try (TestServers servers = TestServers.on(data)) {
            createTopic(servers.bootstrap());
            long millis = NOW.toEpochMilli();
            send(
                    servers.bootstrap(),
                    List.of(
                            millis,
                            millis * 1_000,
                            millis + 1,
                            millis * 1_000_000,
                            millis + 2,
                            Long.MAX_VALUE,
                            0L,
                            millis));

            CommandRun run = CommandRun.of(
                    "run",
                    "--data",
                    data.resolve("run").toString(),
                    "--servers",
                    data.toString(),
                    "--config",
                    Files.writeString(data.resolve("pipeline.conf"), "weir.spark.trigger = available-now\n")
                            .toString());

            assertThat(run.exitCode()).as(run.err()).isZero();
            // The record's timestamp is in 1970, so its reading lies in the future.
            assertThat(servers.commandLine().ledger())
                    .isEqualTo(Map.of(
                            "received", 8L, "stored", 4L, "duplicate", 0L, "rejected", 4L, "time-out-of-range", 4L));
            servers.commandLine().assertNoDifferences();
            JsonNode rejected =
                    servers.commandLine().run("rejected", "list", "--json").json();
            assertThat(StreamSupport.stream(rejected.spliterator(), false)
                            .map(row -> row.get("offset").asLong()))
                    .containsExactlyInAnyOrder(1L, 3L, 5L, 6L);
        }
    }

    /** Kafka refuses such timestamps by itself, unless the topic or an older broker allows them. */
    private static void createTopic(String bootstrap) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1)
                            .configs(Map.of(
                                    "message.timestamp.type", "CreateTime",
                                    "message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE),
                                    "retention.ms", "-1"))))
                    .all()
                    .get();
        }
    }

    /** Sends a record for each timestamp; the event times of their readings are a second apart. */
    private static void send(String bootstrap, List<Long> timestamps) {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "acks", "all"),
                new StringSerializer(),
                new StringSerializer())) {
            for (int i = 0; i < timestamps.size(); i++) {
                String reading =
                        "{\"device\":\"d\",\"metric\":\"m\",\"time\":\"" + NOW.plusSeconds(i) + "\",\"value\":1}";
                producer.send(new ProducerRecord<>(TOPIC, 0, timestamps.get(i), "d", reading));
            }
            producer.flush();
        }
    }
}
