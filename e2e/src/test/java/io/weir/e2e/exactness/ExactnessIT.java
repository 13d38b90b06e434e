package io.weir.e2e.exactness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.e2e.rig.BackgroundFleet;
import io.weir.e2e.rig.CommandRun;
import io.weir.e2e.rig.Directories;
import io.weir.e2e.rig.TestWeir;
import io.weir.e2e.rig.Totals;
import io.weir.local.servers.EmbeddedPipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests exactness on real servers: the ledger accounts for every reading that a fleet sends, and every rollup equals
 * its raw readings, through crashes, restarts, replays and a lost checkpoint. The tests build on each other's data.
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
    void theLedgerAccountsForWhatTheFleetSent() throws IOException {
        Map<String, Long> sent = simulate(1, 30_000);
        weir.commandLine().awaitReceived(sent.get("received"));
        assertThat(weir.commandLine().ledger()).isEqualTo(sent);
        weir.commandLine().assertNoDifferences();
    }

    @Test
    @Order(2)
    void aPipelineKilledUnderLoadCountsNothingTwice() throws Exception {
        Map<String, Long> before = weir.commandLine().ledger();
        weir.killPipelineUnderLoad(3, BackgroundFleet.send(weir.bootstrap(), 40_000, 2_000, 2), before);
    }

    @Test
    @Tag("faults")
    @Order(3)
    void aRestartResumesAndCountsNothingTwice() throws IOException {
        Map<String, Long> before = weir.commandLine().ledger();
        weir.close();
        weir.start();
        assertThat(weir.commandLine().ledger()).isEqualTo(before);
        Map<String, Long> sent = simulate(3, 5_000);
        Totals.add(sent, before);
        weir.commandLine().awaitReceived(sent.get("received"));
        assertThat(weir.commandLine().ledger()).isEqualTo(sent);
        weir.commandLine().assertNoDifferences();
    }

    @Test
    @Order(4)
    void aLostCheckpointChangesNothing() throws IOException {
        Map<String, Long> before = weir.commandLine().ledger();
        weir.close();
        Directories.delete(EmbeddedPipeline.checkpoint(data.resolve("pipeline")));
        weir.start();
        assertThat(startsAfterACleanClose())
                .as("the pipeline was killed before")
                .isEqualTo(1);
        Path lines = Files.writeString(
                data.resolve("one.jsonl"),
                "{\"device\":\"after-loss\",\"metric\":\"m\",\"time\":\"2026-01-01T00:00:00Z\",\"value\":1}\n");
        assertThat(weir.run("publish", lines.toString()).exitCode()).isZero();
        weir.commandLine().awaitReceived(before.get("received") + 1);
        Totals.add(before, Map.of("received", 1L, "stored", 1L));
        assertThat(weir.commandLine().ledger()).isEqualTo(before);
        weir.commandLine().assertNoDifferences();
    }

    @Test
    @Order(5)
    void anOldCheckpointCausesNoReplay() throws IOException {
        weir.close();
        Path checkpoint = EmbeddedPipeline.checkpoint(data.resolve("pipeline"));
        Path old = data.resolve("old-checkpoint");
        Directories.copy(checkpoint, old);
        weir.start();
        long before = outdatedCheckpoints();
        Map<String, Long> expected = weir.commandLine().ledger();
        Totals.add(expected, simulate(5, 2_000));
        weir.commandLine().awaitReceived(expected.get("received"));
        weir.close();
        Directories.delete(checkpoint);
        Directories.copy(old, checkpoint);

        weir.start();
        assertThat(outdatedCheckpoints()).isEqualTo(before + 1);
        Totals.add(expected, simulate(6, 2_000));
        weir.commandLine().awaitReceived(expected.get("received"));
        assertThat(weir.commandLine().ledger()).isEqualTo(expected);
        weir.commandLine().assertNoDifferences();
    }

    @Test
    @Order(6)
    void aFilePublishedAgainIsAllDuplicates() throws IOException {
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
        Map<String, Long> expected = weir.commandLine().ledger();
        assertThat(weir.run("publish", "--wait", lines.toString()).out())
                .contains("Of these 1000 readings: 1000 stored, 0 duplicate, 0 rejected");
        Totals.add(expected, Map.of("received", 1000L, "stored", 1000L));
        assertThat(weir.commandLine().ledger()).isEqualTo(expected);
        JsonNode rollups = rollupsOf("again", "b");

        assertThat(weir.run("publish", "--wait", lines.toString()).out())
                .contains("Of these 1000 readings: 0 stored, 1000 duplicate, 0 rejected");
        Totals.add(expected, Map.of("received", 1000L, "duplicate", 1000L));
        assertThat(weir.commandLine().ledger()).isEqualTo(expected);
        assertThat(rollupsOf("again", "b")).isEqualTo(rollups).isNotEmpty();
        weir.commandLine().assertNoDifferences();
    }

    @Test
    @Order(7)
    void anotherKeyspaceFilledFromTheSameLogIsEqual() throws IOException {
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

    private static long startsAfterACleanClose() throws IOException {
        return linesOfLog("the run before it was closed");
    }

    private static long outdatedCheckpoints() throws IOException {
        return linesOfLog("is behind the ledger");
    }

    private static long linesOfLog(String text) throws IOException {
        try (Stream<String> lines = Files.lines(weir.running().pipeline().log())) {
            return lines.filter(line -> line.contains(text)).count();
        }
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
        return Totals.ofTruth(truth);
    }

    private static String[] simulation(long seed, long readings, Path truth) {
        return ("simulate --devices 25 --groups 3 --late 0.1 --duplicates 0.05 --malformed 0.02 --conflicts 0.01"
                        + " --future 0.001 --readings " + readings + " --seed " + seed + " --truth " + truth
                        + " --data " + data)
                .split(" ");
    }
}
