package io.weir.e2e.exactness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.e2e.rig.Scrape;
import io.weir.e2e.rig.TestWeir;
import io.weir.local.servers.PortChoice;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sends what any Kafka producer may send: good readings are stored, even without a key or beside bad ones, and
 * everything else is listed as rejected with reason and position.
 */
class ForeignProducerIT {

    /** The labels of the readings; all others in the ledger are reasons of rejections. */
    private static final List<String> OUTCOMES = List.of("stored", "duplicate", "rejected");

    private static final int RECORDS = 15;

    @TempDir
    private static Path data;

    @Test
    void goodReadingsAreStoredAndOthersAreListedWithReasonAndPosition() throws Exception {
        int port = PortChoice.any().take("the metrics", "weir.metrics.port", notice -> {});
        Path settings = Files.writeString(data.resolve("weir.conf"), "weir.metrics.port = " + port);
        try (TestWeir weir = TestWeir.on(data.resolve("weir"), settings);
                KafkaProducer<byte[], byte[]> producer = producer(weir)) {
            Map<String, String> expected = new TreeMap<>();
            send(producer, null, reading("keyless", "1"));
            send(producer, "k", reading("keyed", "2"));
            expected.put(send(producer, null, "garbage"), "malformed");
            expected.put(send(producer, null, ""), "malformed");
            expected.put(send(producer, null, null), "malformed");
            expected.put(send(producer, "k", "{\"pad\":\"" + "x".repeat(500_000) + "\"}"), "too-large");
            expected.put(send(producer, "k", reading("keyed", "NaN")), "not-a-number");
            expected.put(send(producer, "k", reading("keyed", "\"21\"")), "not-a-number");
            expected.put(send(producer, "k", reading("keyed", "1e101")), "out-of-range");
            expected.put(
                    send(producer, "k", "{\"device\":\"a\",\"device\":\"b\",\"metric\":\"m\",\"time\":1,\"value\":1}"),
                    "malformed");
            String mixed = send(
                    producer,
                    "k",
                    "[" + reading("mixed", "1") + ",7," + reading("other", "2") + ",{\"metric\":\"m\"}]");
            expected.put(mixed.replace(":0", ":1"), "malformed");
            expected.put(mixed.replace(":0", ":3"), "missing-field");
            expected.put(
                    send(
                            producer,
                            "k",
                            "{\"device\":\"x\",\"metric\":\"m\",\"time\":\"1970-01-02T00:00:00Z\",\"value\":1}"),
                    "time-out-of-range");
            expected.put(
                    send(
                            producer,
                            "k",
                            "{\"device\":\"\",\"metric\":\"m\",\"time\":\"2026-01-02T00:00:00Z\",\"value\":1}"),
                    "bad-name");
            send(producer, "k", reading("keyed", "2"));
            expected.put(send(producer, "k", reading("keyed", "3")), "conflict");

            weir.commandLine().awaitReceived(18);
            assertThat(weir.commandLine().ledger()).containsEntry("stored", 4L).containsEntry("duplicate", 1L);
            Map<String, String> listed = new TreeMap<>();
            for (JsonNode rejected : weir.run("rejected", "list", "--json").json()) {
                String position = rejected.get("partition").asInt() + "@"
                        + rejected.get("offset").asLong() + ":"
                        + rejected.get("index").asInt();
                listed.put(position, rejected.get("reason").asText());
                assertThat(rejected.get("detail").asText()).isNotBlank();
            }
            assertThat(listed).isEqualTo(expected);
            for (String device : List.of("keyless", "keyed", "mixed", "other")) {
                assertThat(valuesOf(weir, device)).as(device).hasSize(1);
            }
            assertThat(weir.run("verify").exitCode()).isZero();
            requireMetrics(port, weir.commandLine().ledger());
            assertThat(Files.readString(data.resolve("weir/logs/pipeline.log")))
                    .contains("fused: batch 0 with ")
                    .doesNotContain("Current batch is falling behind");
        }
    }

    /** Requires that the metrics of the pipeline, which has applied each record once, agree with the ledger. */
    private static void requireMetrics(int port, Map<String, Long> ledger) throws IOException {
        URI url = URI.create("http://127.0.0.1:" + port + "/metrics");
        Scrape scrape = Scrape.of(url);
        assertThat(scrape.sum("weir_pipeline_readings_total")).isEqualTo((double) ledger.get("received"));
        ledger.forEach((outcome, readings) -> {
            if (!outcome.equals("received")) {
                String label = OUTCOMES.contains(outcome) ? "outcome" : "reason";
                assertThat(scrape.sum("weir_pipeline_readings_total", label + "=\"" + outcome + "\""))
                        .as(outcome)
                        .isEqualTo((double) readings);
            }
        });
        assertThat(scrape.sum("weir_pipeline_lookups_total", "table=\"rollup\""))
                .isPositive();
        assertThat(scrape.sum("weir_pipeline_cache_requests_total", "result=\"hit\""))
                .isPositive();
        assertThat(scrape.sum("weir_pipeline_cache_bytes")).isPositive();
        assertThat(scrape.sum("weir_pipeline_chunk_seconds_count")).isPositive();
        assertThat(scrape.sum("weir_pipeline_flush_seconds_count")).isPositive();
        assertThat(scrape.sum("weir_pipeline_restarts_total")).isZero();
        assertThat(scrape.sum("weir_pipeline_failures_total")).isZero();
        assertThat(scrape.sum("weir_pipeline_cassandra_retries_total")).isZero();
        // Measured every 3 s.
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            Scrape later = Scrape.of(url);
            assertThat(later.samples("weir_source_lag")).isNotEmpty();
            assertThat(later.sum("weir_source_lag")).isZero();
            assertThat(later.samples("weir_source_age_seconds")).isNotEmpty().allSatisfy(age -> assertThat(age)
                    .isBetween(0.0, 60.0));
            // Spark reports a batch when it is committed.
            assertThat(later.sum("weir_pipeline_records_total")).isEqualTo(RECORDS);
        });
    }

    private static List<Double> valuesOf(TestWeir weir, String device) {
        List<Double> values = new ArrayList<>();
        weir.run(
                        "query",
                        "readings",
                        "--device",
                        device,
                        "--metric",
                        "m",
                        "--from",
                        "2026-03-01T00:00:00Z",
                        "--to",
                        "2026-04-01T00:00:00Z",
                        "--json")
                .json()
                .forEach(reading -> values.add(reading.get("value").asDouble()));
        return values;
    }

    private static String reading(String device, String value) {
        return "{\"device\":\"" + device + "\",\"metric\":\"m\",\"time\":\"2026-03-29T01:30:00.125Z\",\"value\":"
                + value + "}";
    }

    /** Returns the record's position, as {@code partition@offset:0}. */
    private static String send(KafkaProducer<byte[], byte[]> producer, @Nullable String key, @Nullable String value)
            throws Exception {
        var sent = producer.send(new ProducerRecord<>(
                        "readings",
                        key == null ? null : key.getBytes(UTF_8),
                        value == null ? null : value.getBytes(UTF_8)))
                .get();
        return sent.partition() + "@" + sent.offset() + ":0";
    }

    private static KafkaProducer<byte[], byte[]> producer(TestWeir weir) {
        Map<String, Object> config = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, weir.bootstrap());
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
