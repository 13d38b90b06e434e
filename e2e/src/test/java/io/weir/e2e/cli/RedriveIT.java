package io.weir.e2e.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.datastax.oss.driver.api.core.cql.Row;
import com.fasterxml.jackson.databind.JsonNode;
import io.weir.e2e.rig.CommandRun;
import io.weir.e2e.rig.TestServers;
import io.weir.local.servers.EmbeddedPipeline;
import io.weir.storage.session.CassandraConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Follows rejected readings: a pipeline with too strict bounds rejects them, they are listed and exported, the bounds
 * are repaired, and redriven readings are applied exactly once, however often the redrive is repeated.
 */
@Tag("faults")
@TestMethodOrder(OrderAnnotation.class)
class RedriveIT {

    private static final int WRONG_USAGE = 2;

    /** A whole second, so that it prints as it is stored. */
    private static final Instant NOW = Instant.ofEpochSecond(Instant.now().getEpochSecond());

    private static final Instant LAST_WEEK = NOW.minus(Duration.ofDays(7));

    private static final Map<String, String> STRICT =
            Map.of("spark.weir.pipeline.too-old", "1 day", "spark.weir.pipeline.max-record-size", "8 KiB");
    private static final Map<String, String> REPAIRED = Map.of();

    @TempDir
    private static Path directory;

    private static TestServers servers;
    private static CassandraConnection cassandra;

    @BeforeAll
    static void rejectSome() throws Exception {
        servers = TestServers.on(directory.resolve("data"));
        cassandra = servers.tables();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers.bootstrap()))) {
            admin.createTopics(List.of(new NewTopic("readings", 3, (short) 1)))
                    .all()
                    .get();
        }
        send(0, "in-the-wrong-partition", reading("d-0", NOW, 1));
        for (int i = 0; i < 3; i++) {
            send(0, "in-the-wrong-partition", reading("d-0", LAST_WEEK.plusSeconds(i), i));
        }
        send(1, null, "[" + reading("d-1", NOW, 1) + "," + reading("d-1", LAST_WEEK, 2) + "]");
        send(1, null, reading("d-1", NOW, 7)); // a conflict
        send(2, "d-2", padded(reading("d-2", NOW, 1), 9_000)); // larger than the limit
        send(2, "d-2", "[" + reading("d-2", NOW, 1) + "," + padded("{\"device\":\"no metric\"}", 6_000) + "]");
        send(2, "d-2", "{\"device\":\"d-2\",\"time\":\"" + NOW + "\",\n\"values\":{\"a\":\"x\",\"b\":1,\"c\":true}}");
        catchUp("strict", STRICT);
    }

    @AfterAll
    static void stop() {
        cassandra.close();
        servers.close();
    }

    @Test
    @Order(1)
    void rejectedReadingsAreListedByEachFilter() {
        assertLedger(13, 4, 0);
        List<String> all = List.of(
                "0:1:0 too-old",
                "0:2:0 too-old",
                "0:3:0 too-old",
                "1:0:1 too-old",
                "1:1:0 conflict",
                "2:0:0 too-large",
                "2:1:1 missing-field",
                "2:2:0 not-a-number",
                "2:2:2 not-a-number");
        assertThat(list()).containsExactlyElementsOf(all);
        assertThat(list("--open")).containsExactlyElementsOf(all);
        assertThat(list("--redriven")).isEmpty();
        assertThat(list("--reason", "too-old,conflict")).containsExactlyElementsOf(all.subList(0, 5));
        assertThat(list("--reason", "too-old", "--reason", "too-large"))
                .hasSize(5)
                .contains("2:0:0 too-large");
        assertThat(list("--partition", "0,1")).containsExactlyElementsOf(all.subList(0, 5));
        assertThat(list("--partition", "2", "--limit", "2")).containsExactlyElementsOf(all.subList(5, 7));

        Instant time = Instant.parse(rows("--partition", "1", "--reason", "conflict")
                .get(0)
                .get("recordTime")
                .asText());
        List<String> later = new ArrayList<>();
        rows().forEach(row -> {
            if (!Instant.parse(row.get("recordTime").asText()).isBefore(time)) {
                later.add(shown(row));
            }
        });
        assertThat(list("--from", time.toString()))
                .containsExactlyElementsOf(later)
                .hasSizeLessThan(9);
        assertThat(list("--to", time.toString())).hasSize(9 - later.size()).doesNotContainAnyElementsOf(later);
    }

    @Test
    @Order(2)
    void payloadsAreShownWithTheirLengthAndExportedWhole() throws IOException {
        assertThat(rows("--reason", "too-large").get(0).get("payload").asText()).hasSize(4096);
        assertThat(rows("--reason", "too-large").get(0).get("payloadSize").asInt())
                .isEqualTo(9_000);
        assertThat(rows("--reason", "too-large").get(0).get("redriven").isNull())
                .isTrue();

        Path file = directory.resolve("exported.jsonl");
        CommandRun export = weir("rejected", "export", "--partition", "2", file.toString());
        assertThat(export.exitCode()).as(export.err()).isZero();
        String values = "{\"device\":\"d-2\",\"time\":\"" + NOW + "\", \"values\":{\"a\":\"x\",\"b\":1,\"c\":true}}";
        assertThat(Files.readAllLines(file))
                .containsExactly(
                        padded(reading("d-2", NOW, 1), 9_000),
                        padded("{\"device\":\"no metric\"}", 6_000),
                        values,
                        values);
    }

    @Test
    @Order(3)
    void anInvalidSelectionIsWrongUsage() {
        assertWrongUsage("or all open ones with --all", "--yes");
        assertWrongUsage("--all cannot be combined with a filter", "--all", "--reason", "conflict", "--yes");
        assertWrongUsage("expected --yes", "--all");
        assertWrongUsage("\"sour\" is not a reject reason; expected one of malformed,", "--reason", "sour", "--yes");
        assertWrongUsage("expected at least 1", "--limit", "0", "--yes");
        assertThat(logEnd(0) + logEnd(1) + logEnd(2)).isEqualTo(9);
    }

    @Test
    @Order(4)
    void aDryRunPublishesNothing() {
        CommandRun run = redrive("--reason", "too-old", "--dry-run", "--json");
        assertThat(run.json()).hasSize(4);
        assertThat(run.err()).contains("4 rejected readings (too-old 4) would be published again");
        assertThat(logEnd(0) + logEnd(1) + logEnd(2)).isEqualTo(9);
        assertThat(list("--redriven")).isEmpty();
    }

    @Test
    @Order(5)
    void afterTheRepairRedrivenReadingsAreStoredAndMarked() throws Exception {
        List<JsonNode> redriven = elements(
                redrive("--reason", "too-old,too-large", "--yes", "--json").json());
        assertThat(redriven).hasSize(5).allMatch(row -> !row.get("redriven").isNull());

        assertThat(records(0, 4))
                .extracting(ConsumerRecord::key, ConsumerRecord::value)
                .as("with the original key and partition")
                .containsExactlyElementsOf(IntStream.range(0, 3)
                        .mapToObj(i -> tuple("in-the-wrong-partition", canonical("d-0", LAST_WEEK.plusSeconds(i), i)))
                        .toList());
        assertThat(records(1, 2))
                .extracting(ConsumerRecord::key, ConsumerRecord::value)
                .as("the element of the array alone, without a key")
                .containsExactly(tuple(null, canonical("d-1", LAST_WEEK, 2)));
        assertThat(records(2, 3))
                .extracting(ConsumerRecord::value)
                .as("the whole record, which the table holds truncated")
                .containsExactly(padded(reading("d-2", NOW, 1), 9_000));

        assertThat(list("--redriven")).hasSize(5);
        assertThat(list("--open")).hasSize(4);
        catchUp("repaired", REPAIRED);
        // The large record duplicates a reading of a later array, which was stored.
        assertLedger(18, 8, 1);
        assertThat(list("--open")).hasSize(4);
    }

    @Test
    @Order(6)
    void aSecondRedriveFindsNothingToDo() {
        CommandRun again = redrive("--reason", "too-old,too-large", "--yes", "--json");
        assertThat(again.json()).isEmpty();
        assertThat(again.err()).contains("0 rejected readings published again");
        assertThat(logEnd(0) + logEnd(1) + logEnd(2)).isEqualTo(14);
    }

    /** The state is the same as after a process that was killed between acknowledgement and mark. */
    @Test
    @Order(7)
    void unmarkedReadingsArePublishedTwiceAndAppliedOnce() {
        int unmarked = 0;
        for (Row row : cassandra
                .session()
                .execute("SELECT topic, day, source, offset, element, reason, redriven"
                        + " FROM weir.rejected_readings")) {
            if ("too-old".equals(row.getString("reason")) && !row.isNull("redriven")) {
                cassandra
                        .session()
                        .execute(
                                "DELETE redriven FROM weir.rejected_readings"
                                        + " WHERE topic = ? AND day = ? AND source = ? AND offset = ? AND element = ?",
                                row.getString("topic"),
                                row.getLocalDate("day"),
                                row.getInt("source"),
                                row.getLong("offset"),
                                row.getInt("element"));
                unmarked++;
            }
        }
        assertThat(unmarked).isEqualTo(4);
        assertThat(redrive("--reason", "too-old", "--yes", "--json").json()).hasSize(4);
        assertThat(redrive("--redriven", "--reason", "too-large", "--yes", "--json")
                        .json())
                .as("marked readings are redriven if selected")
                .hasSize(1);
        catchUp("again", REPAIRED);
        assertLedger(23, 8, 6);
    }

    @Test
    @Order(8)
    void readingsThatAreStillBadAreRejectedAgain() {
        assertThat(redrive("--all", "--yes", "--json").json()).hasSize(4);
        long published = logEnd(2) - 5;
        assertThat(records(2, 5)).hasSize((int) published);
        assertThat(published)
                .as("an object with two bad values is published once")
                .isEqualTo(2);
        catchUp("still-bad", REPAIRED);
        assertThat(list("--open"))
                .containsExactly("1:4:0 conflict", "2:5:0 missing-field", "2:6:0 not-a-number", "2:6:2 not-a-number");
        // One of the object's three values is a duplicate by now.
        assertLedger(28, 8, 7);
    }

    @Test
    @Order(9)
    void truncatedReadingsWhoseRecordIsGoneAreReportedAndStayOpen() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers.bootstrap()))) {
            admin.deleteRecords(Map.of(new TopicPartition("readings", 2), RecordsToDelete.beforeOffset(6)))
                    .all()
                    .get();
        }
        CommandRun run = redrive("--partition", "2", "--reason", "missing-field", "--yes", "--json");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.parsed()).isEmpty();
        assertThat(run.err())
                .contains("readings 2:5:0 is left out: its payload is truncated, and the log no longer holds its"
                        + " record");
        assertThat(list("--open", "--reason", "missing-field")).containsExactly("2:5:0 missing-field");
        CommandRun export = weir("rejected", "export", "--open", "--reason", "missing-field", "-");
        assertThat(export.exitCode()).isEqualTo(1);
        assertThat(export.out()).isEmpty();
    }

    private static void send(int partition, @Nullable String key, String value) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", servers.bootstrap());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("readings", partition, key, value))
                    .get();
        }
    }

    /** Runs a pipeline until it has caught up and closed its run. */
    private static void catchUp(String name, Map<String, String> bounds) {
        Map<String, String> settings = new TreeMap<>(servers.sparkSettings());
        settings.putAll(bounds);
        settings.put("spark.weir.spark.trigger", "available-now");
        try (EmbeddedPipeline pipeline = EmbeddedPipeline.start(
                Path.of(System.getProperty("weir.home")),
                directory.resolve("pipeline"),
                directory.resolve(name + ".log"),
                settings,
                Optional.empty())) {
            assertThat(pipeline.process()
                            .onExit()
                            .orTimeout(2, TimeUnit.MINUTES)
                            .join())
                    .as(pipeline.process().logTail())
                    .isZero();
        }
    }

    private static void assertLedger(long received, long stored, long duplicate) {
        Map<String, Long> ledger = servers.commandLine().ledger();
        assertThat(ledger)
                .containsEntry("received", received)
                .containsEntry("stored", stored)
                .containsEntry("duplicate", duplicate)
                .containsEntry("rejected", received - stored - duplicate);
        servers.commandLine().assertNoDifferences();
    }

    private static void assertWrongUsage(String message, String... options) {
        CommandRun run = redrive(options);
        assertThat(run.exitCode()).isEqualTo(WRONG_USAGE);
        assertThat(run.err()).contains(message).doesNotContain("\tat ");
    }

    private static List<String> list(String... filters) {
        return rows(filters).stream().map(RedriveIT::shown).toList();
    }

    private static List<JsonNode> rows(String... filters) {
        return elements(weir(command("list", filters)).json());
    }

    private static CommandRun redrive(String... options) {
        return weir(command("redrive", options));
    }

    private static String[] command(String name, String... options) {
        List<String> words = new ArrayList<>(List.of("rejected", name));
        words.addAll(List.of(options));
        if (name.equals("list")) {
            words.add("--json");
        }
        return words.toArray(String[]::new);
    }

    private static CommandRun weir(String... words) {
        return servers.commandLine().run(words);
    }

    private static List<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private static String shown(JsonNode row) {
        return row.get("partition").asInt() + ":" + row.get("offset").asLong() + ":"
                + row.get("index").asInt() + " " + row.get("reason").asText();
    }

    /** Returns the records of a partition from an offset on. */
    private static List<ConsumerRecord<String, String>> records(int partition, long from) {
        TopicPartition log = new TopicPartition("readings", partition);
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        Map<String, Object> settings = Map.of("bootstrap.servers", servers.bootstrap());
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            long end = consumer.endOffsets(List.of(log)).get(log);
            consumer.assign(List.of(log));
            consumer.seek(log, from);
            while (consumer.position(log) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }

    private static long logEnd(int partition) {
        TopicPartition log = new TopicPartition("readings", partition);
        Map<String, Object> settings = Map.of("bootstrap.servers", servers.bootstrap());
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            return consumer.endOffsets(List.of(log)).get(log);
        }
    }

    private static String reading(String device, Instant time, int value) {
        return "{\"device\":\"" + device + "\",\"metric\":\"m\",\"time\":\"" + time + "\",\"value\":" + value + "}";
    }

    /** Returns a well-formed reading as the table stores it. */
    private static String canonical(String device, Instant time, double value) {
        return "{\"device\":\"" + device + "\",\"group\":\"default\",\"metric\":\"m\",\"time\":\"" + time
                + "\",\"value\":" + value + "}";
    }

    /** Returns the object with an unknown field of this many bytes. */
    private static String padded(String object, int bytes) {
        String begin = object.substring(0, object.length() - 1) + ",\"note\":\"";
        String padding = "x".repeat(bytes - begin.length() - 2);
        String padded = begin + padding + "\"}";
        assertThat(padded.getBytes(UTF_8)).hasSize(bytes);
        return padded;
    }
}
