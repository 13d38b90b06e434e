package io.weir.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.local.servers.EmbeddedPipeline;
import io.weir.metricproducer.ProgressListener;
import io.weir.metricproducer.Publisher;
import io.weir.metricproducer.PublisherSettings;
import io.weir.metricproducer.simulation.Mix;
import io.weir.metricproducer.simulation.SimulationSettings;
import io.weir.metricproducer.simulation.Simulator;
import io.weir.metricproducer.simulation.Truth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The main job on the real servers: what a fleet sends is accounted for reading by reading, and every rollup equals its
 * raw readings, through crashes, restarts, replays and a lost checkpoint. The tests build on each other's data.
 */
@TestMethodOrder(OrderAnnotation.class)
class ExactnessIT {

    @TempDir
    private static Path data;

    private static TestWeir weir;

    @BeforeAll
    static void start() {
        weir = TestWeir.on(data);
    }

    @AfterAll
    static void stop() {
        weir.close();
    }

    @Test
    @Order(1)
    void theLedgerSaysWhatTheFleetSent() throws IOException {
        Map<String, Long> sent = simulate(1, 40_000);
        weir.awaitReceived(sent.get("received"));
        assertThat(weir.ledger()).isEqualTo(sent);
        assertNoDifferences();
    }

    @Test
    @Order(2)
    void aPipelineThatIsKilledThreeTimesInMidLoadCountsNothingTwice() throws Exception {
        Map<String, Long> expected = weir.ledger();
        CompletableFuture<Truth> fleet = CompletableFuture.supplyAsync(ExactnessIT::simulateInBackground);
        for (int i = 0; i < 3; i++) {
            long before = receivedNow();
            await().atMost(Duration.ofMinutes(2)).until(() -> receivedNow() > before);
            long pid = weir.running().pipeline().pid();
            weir.killPipeline();
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> weir.running().pipeline().pid() != pid);
        }
        add(expected, kinds(fleet.get(3, TimeUnit.MINUTES).toJson()));
        weir.awaitReceived(expected.get("received"));
        assertThat(weir.ledger()).isEqualTo(expected);
        assertNoDifferences();
    }

    @Test
    @Order(3)
    void aRestartGoesOnAndCountsNothingTwice() throws IOException {
        Map<String, Long> before = weir.ledger();
        weir.close();
        weir.start();
        assertThat(weir.ledger()).isEqualTo(before);
        Map<String, Long> sent = simulate(3, 5_000);
        add(sent, before);
        weir.awaitReceived(sent.get("received"));
        assertThat(weir.ledger()).isEqualTo(sent);
        assertNoDifferences();
    }

    @Test
    @Order(4)
    void aLostCheckpointChangesNothing() throws IOException {
        Map<String, Long> before = weir.ledger();
        weir.close();
        delete(EmbeddedPipeline.checkpoint(data.resolve("pipeline")));
        weir.start();
        Path lines = Files.writeString(
                data.resolve("one.jsonl"),
                "{\"device\":\"after-loss\",\"metric\":\"m\",\"time\":\"2026-01-01T00:00:00Z\",\"value\":1}\n");
        assertThat(weir.run("publish", lines.toString()).exitCode()).isZero();
        weir.awaitReceived(before.get("received") + 1);
        add(before, Map.of("received", 1L, "stored", 1L));
        assertThat(weir.ledger()).isEqualTo(before);
        assertNoDifferences();
    }

    @Test
    @Order(5)
    void aFileThatIsPublishedAgainIsAllDuplicates() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            text.append("{\"device\":\"again\",\"time\":")
                    .append(1_770_000_000_000L + i * 60_000L)
                    .append(",\"values\":{\"a\":")
                    .append(i)
                    .append(",\"b\":")
                    .append(i / 7.0)
                    .append("}}\n");
        }
        Path lines = Files.writeString(data.resolve("again.jsonl"), text, UTF_8);
        Map<String, Long> expected = weir.ledger();
        weir.run("publish", lines.toString());
        add(expected, Map.of("received", 1000L, "stored", 1000L));
        weir.awaitReceived(expected.get("received"));
        assertThat(weir.ledger()).isEqualTo(expected);
        JsonNode rollups = rollupsOf("again", "b");

        weir.run("publish", lines.toString());
        add(expected, Map.of("received", 1000L, "duplicate", 1000L));
        weir.awaitReceived(expected.get("received"));
        assertThat(weir.ledger()).isEqualTo(expected);
        assertThat(rollupsOf("again", "b")).isEqualTo(rollups).isNotEmpty();
        assertNoDifferences();
    }

    @Test
    @Order(6)
    void anotherPipelineThatCatchesUpWithTheSameLogEndsEqual() throws IOException {
        Path settings = Files.writeString(
                data.resolve("catch-up.conf"),
                "weir { cassandra.keyspace = catch_up, spark { trigger = available-now, chunk-records = 777 } }\n");
        CommandRun run = CommandRun.of(
                "run",
                "--data",
                data.resolve("catch-up").toString(),
                "--servers",
                data.toString(),
                "--config",
                settings.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo("ready\n");
        JsonNode sources =
                weir.run("status", "--json", "--keyspace", "catch_up").json();
        assertThat(sources).isEqualTo(weir.run("status", "--json").json());
        assertThat(weir.run("verify", "--keyspace", "catch_up").exitCode()).isZero();
    }

    private static JsonNode rollupsOf(String device, String metric) {
        return weir.run(
                        "query",
                        "rollups",
                        "--device",
                        device,
                        "--metric",
                        metric,
                        "--resolution",
                        "hour",
                        "--from",
                        "2020-01-01T00:00:00Z",
                        "--to",
                        "2030-01-01T00:00:00Z",
                        "--json")
                .json();
    }

    private static Map<String, Long> simulate(long seed, long readings) throws IOException {
        Path truth = data.resolve("truth-" + seed + ".json");
        CommandRun run = CommandRun.of(simulation(seed, readings, truth));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return truthOf(truth);
    }

    private static String[] simulation(long seed, long readings, Path truth) {
        return ("simulate --devices 25 --groups 3 --late 0.1 --duplicates 0.05 --malformed 0.02 --conflicts 0.01"
                        + " --future 0.001 --readings " + readings + " --seed " + seed + " --truth " + truth
                        + " --data " + data)
                .split(" ");
    }

    private static Truth simulateInBackground() {
        Mix mix = new Mix(0.1, 0.05, 0.01, 0.02, 0.001);
        SimulationSettings settings = new SimulationSettings(25, 3, 3_000, 60_000, mix, 2);
        String bootstrap = weir.running().servers().kafka().bootstrap();
        try (Publisher publisher = Publisher.connect(PublisherSettings.of(bootstrap, "readings"))) {
            return new Simulator(settings, Clock.systemUTC()).run(publisher, ProgressListener.NONE);
        }
    }

    private static Map<String, Long> truthOf(Path file) throws IOException {
        return kinds(Files.readString(file));
    }

    private static Map<String, Long> kinds(String json) {
        JsonNode truth = new CommandRun(0, json, "").json();
        Map<String, Long> kinds = new TreeMap<>();
        kinds.put("received", truth.get("sent").asLong());
        kinds.put("stored", truth.get("stored").asLong());
        kinds.put("duplicate", truth.get("duplicate").asLong());
        truth.get("rejected").properties().forEach(reason -> {
            kinds.put(reason.getKey(), reason.getValue().asLong());
            kinds.merge("rejected", reason.getValue().asLong(), Long::sum);
        });
        return kinds;
    }

    private static void add(Map<String, Long> to, Map<String, Long> more) {
        more.forEach((kind, count) -> to.merge(kind, count, Long::sum));
    }

    private static long receivedNow() {
        return weir.ledger().getOrDefault("received", 0L);
    }

    private static void assertNoDifferences() {
        CommandRun verify = weir.run("verify", "--json");
        JsonNode result = verify.parsed();
        assertThat(verify.exitCode()).as(verify.out()).isZero();
        assertThat(result.get("differences")).isEmpty();
        assertThat(result.get("compared").asLong()).isPositive();
        for (JsonNode source : result.get("ledger")) {
            assertThat(source.get("balanced").asBoolean()).isTrue();
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
