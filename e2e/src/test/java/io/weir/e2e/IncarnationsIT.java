package io.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.local.servers.EmbeddedPipeline;
import io.weir.storage.CassandraConnection;
import io.weir.storage.Retirement;
import io.weir.storage.Retirement.Action;
import io.weir.storage.Retirement.FoundLog;
import io.weir.storage.SourceId;
import io.weir.storage.SourceRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What becomes of sources when their log is not what it was: the pipeline stops and says so, {@code weir source} lets it
 * go on, and every source, old and new, is exact. The tests build on each other's data.
 */
@TestMethodOrder(OrderAnnotation.class)
class IncarnationsIT {

    private static final String USER = System.getProperty("user.name");

    @TempDir
    private static Path data;

    private static TestServers servers;
    private static TestTopic topic;
    private static EmbeddedPipeline pipeline;

    /** What the tables must hold, all sources added up. */
    private static final Map<String, Long> expected = new TreeMap<>();

    @BeforeAll
    static void start() {
        servers = TestServers.on(data);
        topic = TestTopic.connect(servers.bootstrap());
    }

    @AfterAll
    static void stop() {
        if (pipeline != null) {
            pipeline.close();
        }
        topic.close();
        servers.close();
    }

    @Test
    @Order(1)
    void expiredRecordsStopTheStartUntilTheyAreSkipped() throws Exception {
        topic.create(2);
        send(2_000, 1);
        catchUp();
        Map<Integer, Long> applied = throughOffsets();
        BackgroundFleet.send(servers.bootstrap(), 600, 20_000, 2).get(1, TimeUnit.MINUTES);
        Map<Integer, Long> begins = topic.expireAll();
        send(1_000, 3);

        assertRefused(
                "the log of readings partition 0 (source 1) begins at offset " + begins.get(0)
                        + ", but the ledger needs it from " + (applied.get(1) + 1),
                "weir source skip --topic readings --partition 0 --to " + begins.get(0),
                "the log of readings partition 1 (source 2) begins at offset " + begins.get(1),
                "weir source skip --topic readings --partition 1 --to " + begins.get(1));
        CommandRun unasked = source("skip");
        assertThat(unasked.exitCode()).isEqualTo(2);
        assertThat(unasked.err()).contains("add --yes");
        assertThat(sources()).hasSize(2).allMatch(source -> source.get("retired")
                .isNull());

        CommandRun skip =
                source("skip", "--partition", "0", "--to", begins.get(0).toString(), "--yes");
        assertThat(skip.exitCode()).as(skip.err()).isZero();
        assertThat(skip.err())
                .contains("are lost: those with offsets from " + (applied.get(1) + 1) + " to " + (begins.get(0) - 1));
        assertThat(source("skip", "--yes", "--reason", "disk was full").exitCode())
                .isZero();
        assertThat(source("skip", "--yes").exitCode())
                .as("nothing is left to skip")
                .isEqualTo(1);

        catchUp();
        JsonNode old = sources().get(1);
        assertThat(old.get("throughOffset").asLong()).isEqualTo(applied.get(2));
        JsonNode ending = old.get("retired");
        assertThat(ending.get("action").asText()).isEqualTo("skip");
        assertThat(ending.get("by").asText()).isEqualTo(USER);
        assertThat(ending.get("reason").asText()).isEqualTo("disk was full");
        assertThat(ending.get("nextOffset").asLong()).isEqualTo(begins.get(1));
        assertThat(sources()).hasSize(4);
        assertThat(sources().get(3).get("beginsAt").asLong()).isEqualTo(begins.get(1));
    }

    @Test
    @Order(2)
    void aLogThatIsRestoredShorterStopsTheStartUntilItIsRenewed() throws Exception {
        Path kafka = data.resolve("kafka/data");
        Path copy = data.resolve("kafka-copy");
        Directories.copy(kafka, copy); // of a broker that is idle, as a snapshot of its disk
        Map<Integer, Long> ends = topic.ends();
        send(1_500, 4);
        catchUp();
        topic.close();
        servers.close();
        Directories.delete(kafka);
        Directories.copy(copy, kafka);
        restartServers();

        assertRefused(
                "partition 1 (source 4) ends at offset " + ends.get(1) + ", but the ledger accounts for records below",
                "weir source renew --topic readings --partition 1 --from " + ends.get(1));
        assertThat(source("renew", "--yes").exitCode()).isZero();
        send(1_000, 5);
        catchUp();
        assertThat(sources()).hasSize(6);
        assertThat(sources().get(5).get("beginsAt").asLong()).isEqualTo(ends.get(1));
    }

    @Test
    @Order(3)
    void aTopicThatIsCreatedAgainStopsTheStartUntilTheOldOneIsRetired() throws Exception {
        String oldId = topic.id();
        topic.delete();
        assertRefused("the topic readings is gone", "weir source retire --topic readings");
        topic.create(3);
        send(500, 6);

        assertRefused(
                "the topic readings was deleted and created again: Kafka's has the id " + topic.id(),
                "topic id " + oldId,
                "through offset " + throughOffsets().get(5),
                "weir source retire --topic readings");
        CommandRun renew = source("renew", "--yes");
        assertThat(renew.exitCode()).isEqualTo(1);
        assertThat(renew.err()).contains("See weir source retire");
        assertThat(source("retire", "--yes").exitCode()).isZero();
        catchUp();
        assertThat(sources()).hasSize(9);
        JsonNode status = servers.commandLine().run("status", "--json").json().get("sources");
        assertThat(status.get(0).get("retired").asBoolean()).isTrue();
        assertThat(status)
                .allSatisfy(source -> assertThat(source.get("lag").asLong()).isZero());
    }

    @Test
    @Order(4)
    void partitionsThatAreAddedInMidRunAreSourcesOfTheirOwn() throws Exception {
        pipeline = startPipeline();
        topic.addPartitionsTo(5);
        send(500, 7);
        assertAllIsApplied();
        assertThat(sources()).hasSize(11);
    }

    @Test
    @Order(5)
    void aRunningPipelineGoesOnWithTheSourceThatFollows() throws Exception {
        long through = throughOffsets().get(7);
        try (CassandraConnection connection = servers.tables()) {
            SourceRegistry registry = new SourceRegistry(connection);
            SourceId ended = registry.register("readings", topic.id(), 0);
            registry.retire(
                    ended,
                    new Retirement(
                            Action.SKIP,
                            Instant.ofEpochMilli(0),
                            USER,
                            null,
                            through,
                            new FoundLog(topic.id(), 0L, through + 1),
                            through + 1));
        }
        send(500, 8);
        assertAllIsApplied();
        assertThat(throughOffsets().get(7)).isEqualTo(through);
        assertThat(throughOffsets().get(12)).isGreaterThan(through);
    }

    @Test
    @Order(6)
    void aTopicThatIsCreatedAgainAndRefilledInMidRunStopsThePipeline() throws Exception {
        Map<Integer, Long> oldEnds = topic.ends();
        Map<String, Long> ledger = servers.commandLine().ledger();
        topic.delete();
        topic.create(5);
        send(5_000, 9);
        assertThat(topic.ends()).allSatisfy((partition, end) -> assertThat(end).isGreaterThan(oldEnds.get(partition)));

        assertThat(pipeline.process().onExit().get(2, TimeUnit.MINUTES)).isEqualTo(1);
        assertThat(Files.readString(pipeline.process().log()))
                .contains("now is another one with the id " + topic.id())
                .contains("weir: the topic readings was deleted and created again")
                .contains("weir source retire --topic readings");
        assertThat(servers.commandLine().ledger()).isEqualTo(ledger);

        assertThat(source("retire", "--yes").exitCode()).isZero();
        catchUp();
        assertThat(sources()).hasSize(17);
    }

    private static void send(int readings, long seed) throws Exception {
        Totals.add(
                expected,
                BackgroundFleet.send(servers.bootstrap(), readings, 20_000, seed)
                        .get(1, TimeUnit.MINUTES));
    }

    private static CommandRun runUntilCaughtUp() throws IOException {
        return CommandRun.of(
                "run",
                "--data",
                data.resolve("run").toString(),
                "--servers",
                data.toString(),
                "--config",
                settings("available-now").toString());
    }

    private static void catchUp() throws IOException {
        CommandRun run = runUntilCaughtUp();
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertExact();
    }

    private static void assertAllIsApplied() {
        servers.commandLine().awaitReceived(expected.get("received"));
        assertExact();
    }

    private static void assertExact() {
        assertThat(servers.commandLine().ledger()).isEqualTo(expected);
        servers.commandLine().assertNoDifferences();
    }

    private static void assertRefused(String... said) throws IOException {
        Map<Integer, Long> before = throughOffsets();
        CommandRun run = runUntilCaughtUp();
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains(said);
        assertThat(throughOffsets()).isEqualTo(before);
    }

    private static CommandRun source(String... args) {
        List<String> all = new ArrayList<>(List.of("source"));
        all.addAll(List.of(args));
        return servers.commandLine().run(all.toArray(String[]::new));
    }

    private static JsonNode sources() {
        return source("list", "--json").json();
    }

    private static Map<Integer, Long> throughOffsets() {
        Map<Integer, Long> offsets = new TreeMap<>();
        sources()
                .forEach(source -> offsets.put(
                        source.get("source").asInt(),
                        source.get("throughOffset").asLong()));
        return offsets;
    }

    /** So long between two batches that a topic can be created again and refilled meanwhile. */
    private static EmbeddedPipeline startPipeline() throws IOException {
        return EmbeddedPipeline.start(
                Path.of(System.getProperty("weir.home")),
                data.resolve("run/pipeline"),
                data.resolve("run/logs/running.log"),
                servers.sparkSettings(),
                Optional.of(settings("10 seconds")));
    }

    private static Path settings(String trigger) throws IOException {
        return Files.writeString(data.resolve("pipeline.conf"), "weir.spark.trigger = " + trigger + "\n");
    }

    private static void restartServers() {
        servers = TestServers.on(data);
        topic = TestTopic.connect(servers.bootstrap());
    }
}
