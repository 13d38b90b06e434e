package io.weir.e2e.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.e2e.rig.CommandRun;
import io.weir.e2e.rig.TestServers;
import io.weir.e2e.rig.TestTopic;
import io.weir.storage.session.CassandraConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Finds readings that tables and ledger have both lost, as after a restore of an older copy: only the log still has
 * them. The tests build on each other's data.
 */
@TestMethodOrder(OrderAnnotation.class)
class LogRecountIT {

    private static final Instant HOUR = Instant.parse("2026-03-01T10:00:00Z");
    private static final int LOST = 500;
    private static final int KEPT = 100;

    @TempDir
    private static Path data;

    private static TestServers servers;
    private static CassandraConnection connection;

    @BeforeAll
    static void fill() throws Exception {
        servers = TestServers.on(data);
        try (TestTopic topic = TestTopic.connect(servers.bootstrap())) {
            topic.create(1);
        }
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers.bootstrap()), new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < LOST; i++) {
                send(producer, reading("lost", "gone", i, i));
                if (i < KEPT) {
                    send(producer, reading("kept", "plant", i, i));
                }
            }
            send(producer, reading("kept", "plant", 0, 0)); // a duplicate
            send(producer, reading("kept", "plant", 1, -1)); // a conflict
            send(producer, "no reading");
            String last = reading("kept", "plant", KEPT, 1);
            // One stored reading, a duplicate and a conflict.
            send(producer, "[" + last + "," + last + "," + reading("kept", "plant", KEPT, 2) + "]");
        }
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
        connection = servers.tables();
    }

    @AfterAll
    static void stop() {
        connection.close();
        servers.close();
    }

    @Test
    @Order(1)
    void theLogAgreesWithTheLedger() {
        CommandRun run = verify("--log");
        run.assertNoDifferences();
        JsonNode log = run.json().at("/log/0");
        assertThat(log.get("compared").asBoolean()).as("%s", log).isTrue();
        assertThat(log.get("received").asInt()).isEqualTo(LOST + KEPT + 1 + 1 + 1 + 3);
        assertThat(log.get("stored").asInt()).isEqualTo(LOST + KEPT + 1);
        assertThat(log.get("duplicate").asInt()).isEqualTo(2);
        assertThat(log.get("rejected").toString()).isEqualTo("{\"conflict\":2,\"malformed\":1}");
        assertThat(log.get("lost").asInt()).isZero();
    }

    @Test
    @Order(2)
    void aRangeOfTheLogIsComparedReadingByReading() {
        JsonNode log = verify("--log", "--from-offset", "10").json().at("/log/0");
        assertThat(log.get("from").asInt()).isEqualTo(10);
        assertThat(log.get("compared").asBoolean()).isFalse();
        assertThat(log.get("uncomparable").asText()).contains("before offset 10");
        assertThat(log.get("received").asInt()).isBetween(1, LOST + KEPT + 1 + 1 + 1 + 3 - 10);
        assertThat(log.get("lost").asInt()).isZero();
    }

    @Test
    @Order(3)
    void onlyTheLogShowsReadingsThatTablesAndLedgerHaveLost() {
        loseRowsAndLedger();

        verify().assertNoDifferences();

        CommandRun run = verify("--log");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.parsed().at("/log/0/lost").asInt()).isEqualTo(LOST);
        assertThat(run.parsed().get("differences").findValuesAsText("field"))
                .as("the ledger counts as stored what the raw tables still hold")
                .contains("received")
                .doesNotContain("stored")
                .filteredOn("offset"::equals)
                .hasSize(LOST);
    }

    @Test
    @Order(4)
    void anExpiredLogIsReportedAsGone() throws Exception {
        try (TestTopic topic = TestTopic.connect(servers.bootstrap())) {
            topic.expireAll();
        }
        JsonNode log = verify("--log").json().at("/log/0");
        assertThat(log.get("from").asInt()).isEqualTo(-1);
        assertThat(log.get("compared").asBoolean()).isFalse();
    }

    @Test
    @Order(5)
    void refusesInvalidCombinationsOfOptions() {
        assertThat(verify("--from-offset", "1").exitCode()).isEqualTo(2);
        assertThat(verify("--log", "--from", HOUR.toString(), "--to", HOUR.toString())
                        .exitCode())
                .isEqualTo(2);
    }

    /** Deletes all rows of the device that has its own group, and its readings from the ledger. */
    private static void loseRowsAndLedger() {
        execute("DELETE FROM weir.raw_by_device WHERE device = 'lost' AND metric = 'heat' AND bucket = '2026-03-01'");
        for (int shard = 0; shard < 4; shard++) {
            execute("DELETE FROM weir.raw_by_group WHERE group = 'gone' AND metric = 'heat' AND hour = '" + HOUR
                    + "' AND shard = " + shard);
        }
        for (String resolution : List.of("hour", "day", "month")) {
            execute("DELETE FROM weir." + resolution
                    + "_by_device WHERE device = 'lost' AND metric = 'heat' AND bucket = 202603");
            execute("DELETE FROM weir." + resolution
                    + "_by_group WHERE group = 'gone' AND metric = 'heat' AND bucket = 202603");
        }
        execute("UPDATE weir.ledger SET received = " + (KEPT + 6) + ", stored = " + (KEPT + 1)
                + " WHERE source = 1 AND query = 'raw_by_device'");
    }

    private static void execute(String statement) {
        connection.session().execute(statement);
    }

    private static CommandRun verify(String... options) {
        String[] all = new String[options.length + 2];
        all[0] = "verify";
        all[1] = "--json";
        System.arraycopy(options, 0, all, 2, options.length);
        return servers.commandLine().run(all);
    }

    private static void send(KafkaProducer<String, String> producer, String value) {
        producer.send(new ProducerRecord<>("readings", value));
    }

    private static String reading(String device, String group, int number, int value) {
        return String.format(
                "{\"device\":\"%s\",\"group\":\"%s\",\"metric\":\"heat\",\"time\":\"%s\",\"value\":%d}",
                device, group, HOUR.plusSeconds(5L * number), value);
    }
}
