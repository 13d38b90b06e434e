package io.weir.e2e.exactness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.core.fold.command.CommandKey;
import io.weir.core.fold.command.CommandSigner;
import io.weir.core.fold.command.RebuildCommand;
import io.weir.core.fold.port.RawSpan;
import io.weir.core.rollup.Scope;
import io.weir.e2e.rig.CommandRun;
import io.weir.e2e.rig.EndlessFleet;
import io.weir.e2e.rig.RawRepair;
import io.weir.e2e.rig.TestWeir;
import io.weir.e2e.rig.Totals;
import io.weir.metricproducer.Publisher;
import io.weir.metricproducer.PublisherSettings;
import io.weir.storage.admin.RebuildTable;
import io.weir.storage.session.CassandraConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Repairs raw readings by hand and rebuilds their rollups, while a fleet sends. The tests build on each other's data.
 */
@TestMethodOrder(OrderAnnotation.class)
class RebuildIT {

    private static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");
    private static final int DAYS = 6;

    /** The number of forged commands: two for each partition. */
    private static final int FORGED = 8;

    /** A reading every ten minutes, in the first four hours of each day. */
    private static final int READINGS_A_DAY = 24;

    @TempDir
    private static Path data;

    private static TestWeir weir;
    private static CassandraConnection connection;
    private static RawRepair repair;
    private static EndlessFleet fleet;

    @BeforeAll
    static void start() throws IOException {
        weir = TestWeir.on(data);
        connection =
                CassandraConnection.open(weir.running().servers().cassandra().settings());
        repair = new RawRepair(connection, "pump", "plant", "bar");
        StringBuilder lines = new StringBuilder();
        for (int day = 0; day < DAYS; day++) {
            for (int i = 0; i < READINGS_A_DAY; i++) {
                lines.append(String.format(
                        "{\"device\":\"pump\",\"group\":\"plant\",\"metric\":\"bar\",\"time\":\"%s\",\"value\":%d}%n",
                        reading(day, i), 100 + i));
            }
        }
        Path file = Files.writeString(data.resolve("pump.jsonl"), lines);
        assertThat(weir.run("publish", file.toString()).exitCode()).isZero();
        weir.commandLine().awaitReceived((long) DAYS * READINGS_A_DAY);
        fleet = EndlessFleet.start(weir.bootstrap(), 100, 11);
        weir.commandLine().awaitReceived(500);
    }

    @AfterAll
    static void stop() {
        fleet.close();
        connection.close();
        weir.close();
    }

    @Test
    @Order(1)
    void repairedReadingsAreRebuiltWhileAFleetSends() {
        weir.commandLine().assertNoDifferences();
        repair.change(reading(0, 1), 1_000);
        repair.remove(reading(0, 5)); // the last reading of its hour
        repair.add(reading(0, 5).plusMillis(1), -7, reading(0, 0));
        for (int i = 6; i < 12; i++) {
            repair.remove(reading(0, i)); // every reading of the next hour
        }
        repair.add(reading(0, 30), 8, reading(0, 0)); // in an hour without readings
        int differences = verifyDifferences();
        assertThat(differences).isPositive();

        forgeCommands();
        assertThat(verifyDifferences()).as("forged commands change nothing").isEqualTo(differences);

        rebuild(0, 1, "--device", "pump");
        assertThat(verifyDifferences())
                .as("a rebuild that does not accept repairs hides no lost reading")
                .isPositive();
        assertThat(query("hour").get(1).get("start").asText())
                .as("the hour whose readings are missing")
                .contains("T01:00");

        JsonNode answer = rebuild(0, 1, "--device", "pump", "--accept-repairs");
        assertThat(answer.get("commands").asLong())
                .as("one for the device and one for its group")
                .isEqualTo(2);

        weir.commandLine().assertNoDifferences();
        JsonNode hours = query("hour");
        assertThat(hours).hasSize(4);
        assertThat(hours.get(0).get("count").asLong()).isEqualTo(6);
        assertThat(hours.get(0).get("max").asDouble()).isEqualTo(1_000);
        assertThat(hours.get(0).get("last").get("value").asDouble()).isEqualTo(-7);
        assertThat(hours.get(1).get("start").asText())
                .as("the hour without readings is missing")
                .contains("T02:00");
        JsonNode day = query("day").get(0);
        assertThat(day.get("count").asLong()).isEqualTo(READINGS_A_DAY - 6 + 1);
        assertThat(day.get("last").get("value").asDouble()).isEqualTo(8);
    }

    /**
     * The hour's last reading was removed, and another was added: duplicates of each are judged by the repaired rows.
     */
    @Test
    @Order(2)
    void duplicatesOfRepairedReadingsAreJudgedByTheStoredRows() throws IOException {
        long conflicts = conflicts();
        publish(reading(0, 5), 105); // was removed, so it is stored
        publish(reading(0, 1), 101); // has another value, so it is a conflict
        publish(
                reading(0, 30),
                8,
                "--wait"); // was added, so it is a duplicate; the last of the partition, so waiting covers all three
        assertThat(rejectedOfPump()).isEqualTo(1);
        assertThat(conflicts()).isGreaterThan(conflicts);
        JsonNode hours = query("hour");
        assertThat(hours.get(0).get("count").asLong()).isEqualTo(7);
        assertThat(hours.get(3).get("count").asLong()).isEqualTo(7 - 6);
        weir.commandLine().assertNoDifferences();
    }

    @Test
    @Tag("faults")
    @Order(3)
    void aKilledPipelineCompletesTheRebuild() throws Exception {
        repairAllDays(2_000);
        FutureTask<JsonNode> rebuild = new FutureTask<>(() -> rebuild(0, DAYS, "--group", "plant"));
        new Thread(rebuild, "rebuild").start();
        awaitCommands(3);
        weir.killPipeline();
        JsonNode answer = rebuild.get(3, TimeUnit.MINUTES);
        assertThat(answer.get("commands").asLong()).isEqualTo(2L * DAYS);
        weir.commandLine().assertNoDifferences();
        assertThat(query("day").get(DAYS - 1).get("max").asDouble()).isEqualTo(2_000);
    }

    @Test
    @Tag("faults")
    @Order(4)
    void anInterruptedRebuildResumes() throws Exception {
        repairAllDays(3_000);
        FutureTask<JsonNode> rebuild =
                new FutureTask<>(() -> rebuild(0, DAYS, "--group", "plant", "--commands-in-flight", "1"));
        Thread interrupted = new Thread(rebuild, "rebuild");
        interrupted.start();
        awaitCommands(3);
        interrupted.interrupt();
        interrupted.join();
        assertThat(table().readAll().get(0).isDone()).isFalse();

        CommandRun resumed = weir.run("rebuild", "--resume", "--json");
        assertThat(resumed.err()).contains("Resuming the rebuild of");
        assertThat(resumed.json().get("commands").asLong()).isEqualTo(2L * DAYS);
        assertThat(resumed.json().get("now").asLong()).isBetween(1L, 2L * DAYS - 3);
        assertThat(weir.run("rebuild", "--resume").exitCode()).isEqualTo(1);
        assertThat(weir.run("rebuild", "--list").out()).contains("group plant").doesNotContain("not done");
        assertThat(query("day").get(DAYS - 1).get("max").asDouble()).isEqualTo(3_000);
        weir.commandLine().assertNoDifferences();
    }

    @Test
    @Order(5)
    void commandsAreNotCountedAsReadings() {
        Map<String, Long> expected = fleet.stop();
        Totals.add(
                expected,
                Map.of(
                        "received",
                        147L + FORGED,
                        "stored",
                        145L,
                        "duplicate",
                        1L,
                        "rejected",
                        1L + FORGED,
                        "conflict",
                        1L,
                        "missing-field",
                        (long) FORGED));
        weir.commandLine().awaitReceived(expected.get("received"));
        assertThat(weir.commandLine().ledger()).isEqualTo(expected);
        weir.commandLine().assertNoDifferences();
    }

    @Test
    @Order(6)
    void refusesInvalidCombinationsOfOptions() {
        assertThat(weir.run("rebuild").exitCode()).isEqualTo(2);
        assertThat(weir.run("rebuild", "--resume", "--device", "pump").exitCode())
                .isEqualTo(2);
        CommandRun other =
                weir.run("rebuild", "--topic", "another", "--from", BEGIN.toString(), "--to", "2026-03-02T00:00:00Z");
        assertThat(other.exitCode()).isEqualTo(1);
        assertThat(other.err()).contains("No pipeline of this keyspace reads the topic \"another\"");
    }

    /** Sends forged commands for the whole first day: without a signature, and signed with another key. */
    private static void forgeCommands() {
        RebuildCommand command = new RebuildCommand(
                new RawSpan(
                        Scope.DEVICE,
                        "pump",
                        "bar",
                        BEGIN.toEpochMilli(),
                        BEGIN.plus(Duration.ofDays(1)).toEpochMilli()),
                true);
        CommandSigner another = new CommandSigner(CommandKey.parse("17".repeat(32)), "source");
        try (Publisher publisher = Publisher.connect(PublisherSettings.of(weir.bootstrap(), "readings"))) {
            assertThat(publisher.partitions()).isEqualTo(FORGED / 2);
            for (int partition = 0; partition < publisher.partitions(); partition++) {
                publisher.sendTo(partition, RebuildCommand.key(), command.text().getBytes(UTF_8));
                publisher.sendTo(partition, RebuildCommand.key(), another.sign(command, Long.MAX_VALUE));
            }
            publisher.flush();
        }
        await().atMost(Duration.ofMinutes(1)).until(() -> rejectedCommands() == FORGED);
    }

    /** Returns the number of rejected commands, without the fleet's rejected readings. */
    private static long rejectedCommands() {
        JsonNode rejected = weir.run("rejected", "list", "--reason", "missing-field", "--json")
                .json();
        return StreamSupport.stream(rejected.spliterator(), false)
                .filter(row -> row.get("payload").asText().contains("\"scope\""))
                .count();
    }

    private static void repairAllDays(double value) {
        for (int day = 0; day < DAYS; day++) {
            repair.change(reading(day, 2), value);
        }
        assertThat(verifyDifferences()).isPositive();
    }

    private static JsonNode rebuild(int firstDay, int days, String... options) {
        Instant from = BEGIN.plus(Duration.ofDays(firstDay));
        List<String> arguments = new ArrayList<>(List.of(
                "rebuild",
                "--from",
                from.toString(),
                "--to",
                from.plus(Duration.ofDays(days)).toString(),
                "--json"));
        arguments.addAll(List.of(options));
        return weir.run(arguments.toArray(String[]::new)).json();
    }

    private static void awaitCommands(int commands) {
        await().atMost(Duration.ofMinutes(1)).until(() -> table().readAll().stream()
                .anyMatch(rebuild -> !rebuild.isDone() && rebuild.commands() >= commands));
    }

    private static RebuildTable table() {
        return new RebuildTable(connection);
    }

    private static int verifyDifferences() {
        CommandRun verify = weir.run("verify", "--json");
        assertThat(verify.exitCode()).isEqualTo(1);
        return verify.parsed().get("differences").size();
    }

    private static JsonNode query(String resolution) {
        return weir.run(
                        "query",
                        "rollups",
                        "--device",
                        "pump",
                        "--metric",
                        "bar",
                        "--resolution",
                        resolution,
                        "--from",
                        BEGIN.toString(),
                        "--to",
                        BEGIN.plus(resolution.equals("hour") ? Duration.ofDays(1) : Duration.ofDays(DAYS))
                                .toString(),
                        "--json")
                .json();
    }

    private static void publish(Instant time, int value, String... options) throws IOException {
        Path file = Files.writeString(
                data.resolve("again.jsonl"),
                "{\"device\":\"pump\",\"group\":\"plant\",\"metric\":\"bar\",\"time\":\"" + time + "\",\"value\":"
                        + value + "}\n");
        List<String> command = new ArrayList<>(List.of("publish", file.toString()));
        command.addAll(List.of(options));
        assertThat(weir.run(command.toArray(String[]::new)).exitCode()).isZero();
    }

    private static long conflicts() {
        return weir.commandLine().ledger().getOrDefault("conflict", 0L);
    }

    private static long rejectedOfPump() {
        JsonNode rejected = weir.run("rejected", "list", "--reason", "conflict", "--limit", "100000", "--json")
                .json();
        long count = 0;
        for (JsonNode row : rejected) {
            if (row.get("payload").asText().contains("pump")) {
                count++;
            }
        }
        return count;
    }

    private static Instant reading(int day, int number) {
        return BEGIN.plus(Duration.ofDays(day)).plus(Duration.ofMinutes(10L * number));
    }
}
