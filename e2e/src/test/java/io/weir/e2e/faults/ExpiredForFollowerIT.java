package io.weir.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.e2e.rig.BackgroundFleet;
import io.weir.e2e.rig.CommandRun;
import io.weir.e2e.rig.TestServers;
import io.weir.e2e.rig.TestTopic;
import io.weir.e2e.rig.Totals;
import io.weir.local.servers.EmbeddedPipeline;
import io.weir.local.servers.UnavailableException;
import io.weir.storage.session.CassandraConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * In the layout eight, records may expire that the decider has applied and a follower has not. The application stops,
 * and can then resume without deciding any record twice.
 */
class ExpiredForFollowerIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String LEDGER =
            "SELECT through_offset FROM weir.ledger WHERE source = 1 AND query = 'raw_by_device'";

    @TempDir
    private Path data;

    private TestServers servers;
    private EmbeddedPipeline pipeline;

    @BeforeEach
    void start() throws IOException {
        servers = TestServers.on(data);
        pipeline = run();
    }

    @AfterEach
    void stop() {
        pipeline.close();
        servers.close();
    }

    @Test
    void theNextSourceStartsAfterTheDecidersLedger() throws Exception {
        breakDayByGroup();
        Map<String, Long> expected =
                new TreeMap<>(Map.of("received", 1L, "stored", 1L, "duplicate", 0L, "rejected", 0L));
        Totals.add(expected, send(3_000, 1));
        servers.commandLine().awaitReceived(expected.get("received"));
        awaitOtherQueries();
        CommandRun early = servers.commandLine().run("source", "skip", "--yes");
        assertThat(early.exitCode()).isEqualTo(1);
        assertThat(early.err()).contains("A pipeline of the topic readings is running");
        pipeline.close();
        repairDayByGroup();
        long end;
        try (TestTopic topic = TestTopic.connect(servers.bootstrap())) {
            end = topic.expireAll().get(0);
        }

        assertThatThrownBy(this::run)
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("the log of readings partition 0 (source 1) begins at offset " + end)
                .hasMessageContaining("`weir source skip --topic readings --partition 0`");
        CommandRun skip = servers.commandLine().run("source", "skip", "--yes");
        assertThat(skip.exitCode()).as(skip.err()).isZero();
        assertThat(skip.err())
                .contains("These tables stay behind the ledger and do not get the later records: day_by_group (through"
                        + " offset")
                .contains("A new source begins at " + end)
                .doesNotContain("are lost");

        pipeline = run();
        Totals.add(expected, send(1_000, 2));
        servers.commandLine().awaitReceived(expected.get("received"));
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> isThrough(1, "day_by_group"));
        assertThat(servers.commandLine().ledger()).isEqualTo(expected);
        servers.commandLine().assertNoDifferences();
    }

    @Test
    @Tag("faults")
    void recordsStoredBeyondTheLedgerAreStoredOnce() throws Exception {
        breakDayByGroup();
        Map<String, Long> expected =
                new TreeMap<>(Map.of("received", 1L, "stored", 1L, "duplicate", 0L, "rejected", 0L));
        servers.commandLine().awaitReceived(1);
        pipeline.close();
        Totals.add(expected, send(60_000, 3));
        pipeline = run();
        long lost = killBeyondLedger() + 1;
        repairDayByGroup();
        try (TestTopic topic = TestTopic.connect(servers.bootstrap())) {
            topic.expireBefore(Map.of(0, lost + 1)); // otherwise the decider could resume
        }

        CommandRun killed = servers.commandLine().run("source", "skip", "--yes");
        assertThat(killed.exitCode()).isEqualTo(1);
        assertThat(killed.err()).contains("is running or was killed", "start it once");
        assertThatThrownBy(this::run).isInstanceOf(UnavailableException.class);
        CommandRun skip = servers.commandLine().run("source", "skip", "--yes");
        assertThat(skip.exitCode()).as(skip.err()).isZero();
        assertThat(skip.err())
                .contains("readings that a run had stored from offset " + (lost + 1) + " on")
                .contains("are lost: those with offsets from " + lost + " to " + lost)
                .contains("A new source begins at " + (lost + 1));

        pipeline = run();
        servers.commandLine().awaitReceived(expected.get("received") - 1);
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> isThrough(1, "day_by_group"));
        assertThat(servers.commandLine().received()).isEqualTo(expected.get("received") - 1);
        long rowsAtLost = rowsWhere("offset = " + lost); // stored by the killed run, if it was a reading
        assertThat(rowsWhere("offset > " + lost + " AND source = 1")).isZero();
        assertThat(rowsWhere("offset >= 0") - rowsAtLost)
                .isEqualTo(servers.commandLine().ledger().get("stored"));
        servers.commandLine().assertNoDifferences();
    }

    /** Kills the pipeline after the decider has stored readings beyond its ledger; returns the ledger's offset. */
    private long killBeyondLedger() {
        try (CassandraConnection tables = servers.tables()) {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> single(tables, "SELECT MAX(offset) FROM weir.raw_by_device")
                            > single(tables, LEDGER) + 100);
            pipeline.process().kill();
            pipeline.process().onExit().join();
            long through = single(tables, LEDGER);
            assertThat(single(tables, "SELECT MAX(offset) FROM weir.raw_by_device"))
                    .isGreaterThan(through);
            return through;
        }
    }

    private long rowsWhere(String condition) {
        try (CassandraConnection tables = servers.tables()) {
            return single(tables, "SELECT COUNT(*) FROM weir.raw_by_device WHERE " + condition + " ALLOW FILTERING");
        }
    }

    private static long single(CassandraConnection tables, String select) {
        return tables.session().execute(select).one().getLong(0);
    }

    /** A row that cannot be read makes the query that needs it fail on every retry. */
    private void breakDayByGroup() throws IOException {
        change("INSERT INTO weir.day_by_group (window_end, group, metric, bucket, window_start, source)"
                + " VALUES ('2026-01-02', 'plant', 'poison', 202601, '2026-01-01', 1) USING TIMESTAMP 1");
        Path one = Files.writeString(
                data.resolve("one.jsonl"),
                "{\"device\":\"d\",\"group\":\"plant\",\"metric\":\"poison\",\"time\":\"2026-01-01T00:00:00Z\","
                        + "\"value\":1}\n");
        assertThat(servers.commandLine().run("publish", one.toString()).exitCode())
                .isZero();
    }

    private void repairDayByGroup() {
        change("DELETE FROM weir.day_by_group USING TIMESTAMP 2 WHERE group = 'plant' AND metric = 'poison'"
                + " AND bucket = 202601 AND window_start = '2026-01-01' AND source = 1");
    }

    private void change(String statement) {
        try (CassandraConnection tables = servers.tables()) {
            tables.session().execute(statement);
        }
    }

    private Map<String, Long> send(int readings, long seed) throws Exception {
        return BackgroundFleet.send(servers.bootstrap(), readings, 10_000, seed).get(1, TimeUnit.MINUTES);
    }

    private void awaitOtherQueries() {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> isThrough(0, "month_by_group"));
        assertThat(isThrough(0, "day_by_group")).isFalse();
    }

    private boolean isThrough(int source, String table) {
        JsonNode status = servers.commandLine()
                .run("status", "--json")
                .json()
                .get("sources")
                .get(source);
        long decided = status.get("throughOffset").asLong();
        return status.get("throughOffsets").path(table).asLong(decided) == decided;
    }

    private EmbeddedPipeline run() throws IOException {
        Path settings = Files.writeString(
                data.resolve("pipeline.conf"),
                "weir { pipeline.layout = eight, kafka.partitions = 1, spark.chunk-records = 1000 }\n");
        return EmbeddedPipeline.start(
                Path.of(System.getProperty("weir.home")),
                data.resolve("run"),
                data.resolve("run.log"),
                servers.sparkSettings(),
                Optional.of(settings));
    }
}
