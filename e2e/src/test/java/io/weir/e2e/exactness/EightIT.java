package io.weir.e2e.exactness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.e2e.rig.BackgroundFleet;
import io.weir.e2e.rig.LogOracle;
import io.weir.e2e.rig.TableContents;
import io.weir.e2e.rig.TestServers;
import io.weir.e2e.rig.Totals;
import io.weir.local.servers.EmbeddedPipeline;
import io.weir.local.servers.UnavailableException;
import io.weir.storage.run.FeedQuery;
import io.weir.storage.session.CassandraConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
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
 * Runs the layout eight on real servers: every table equals that of the layout fused, through a crash, a single failing
 * query, and changes of the layout. The tests build on each other's data.
 */
@TestMethodOrder(OrderAnnotation.class)
class EightIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);
    private static final String FUSED = "fused";
    private static final String EIGHT = "eight";

    @TempDir
    private static Path data;

    private static TestServers servers;
    private static EmbeddedPipeline pipeline;

    /** The totals that the ledger must show for what the fleets have sent. */
    private static final Map<String, Long> expected = new TreeMap<>();

    @BeforeAll
    static void start() throws IOException {
        servers = TestServers.on(data);
        run(EIGHT, "1 second");
    }

    @AfterAll
    static void stop() {
        pipeline.close();
        servers.close();
    }

    @Test
    @Order(1)
    void everyTableIsExactAfterAllQueriesAreKilledUnderLoad() throws Exception {
        CompletableFuture<Map<String, Long>> fleet = BackgroundFleet.send(servers.bootstrap(), 24_000, 4_000, 1);
        servers.commandLine().awaitReceived(4_001, PATIENCE);
        pipeline.process().kill();
        pipeline.process().onExit().join();
        run(EIGHT, "1 second");
        Totals.add(expected, fleet.get(1, TimeUnit.MINUTES));
        awaitAll();
        assertExact();
        assertThat(servers.commandLine().run("status").out())
                .contains(
                        Arrays.stream(FeedQuery.values()).map(FeedQuery::table).toList());
    }

    @Test
    @Tag("faults")
    @Order(2)
    void aFailingQueryStopsNoOtherAndCatchesUpOnceRepaired() throws Exception {
        // The fold cannot continue from an incomplete row.
        onPoisonedRow("INSERT INTO weir.day_by_group (window_end, group, metric, bucket, window_start, source)"
                + " VALUES ('2026-01-02', 'plant', 'poison', 202601, '2026-01-01', %d) USING TIMESTAMP 1");
        Path one = Files.writeString(
                data.resolve("one.jsonl"),
                "{\"device\":\"d\",\"group\":\"plant\",\"metric\":\"poison\",\"time\":\"2026-01-01T00:00:00Z\","
                        + "\"value\":1}\n");
        servers.commandLine().run("publish", one.toString());
        Totals.add(expected, Map.of("received", 1L, "stored", 1L));
        send(3_000, 2);
        await().atMost(PATIENCE)
                .pollInterval(POLL_INTERVAL)
                .until(() -> areThrough(EnumSet.complementOf(EnumSet.of(FeedQuery.DAY_BY_GROUP))));
        assertThat(areThrough(EnumSet.of(FeedQuery.DAY_BY_GROUP))).isFalse();
        assertThat(Files.readString(pipeline.process().log()))
                .contains("day_by_group: the query has failed and is restarted");

        onPoisonedRow("DELETE FROM weir.day_by_group USING TIMESTAMP 2 WHERE group = 'plant' AND metric = 'poison'"
                + " AND bucket = 202601 AND window_start = '2026-01-01' AND source = %d");
        awaitAll();
        assertExact();
    }

    @Test
    @Tag("faults")
    @Order(3)
    void theLayoutChangesAfterACleanCloseAndBack() throws Exception {
        pipeline.close();
        send(3_000, 4);
        run(FUSED, "1 second");
        awaitAll();
        assertExact();
        assertThat(sources().get(0).get("throughOffsets")).isEmpty();

        pipeline.close();
        send(3_000, 5);
        run(EIGHT, "1 second");
        awaitAll();
        assertExact();
    }

    @Test
    @Tag("faults")
    @Order(4)
    void theLayoutDoesNotChangeWhileFollowersMayBeBehind() throws Exception {
        pipeline.process().kill();
        pipeline.process().onExit().join();
        assertThatThrownBy(() -> run(FUSED, "1 second"))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContainingAll(
                        "the setting layout was \"eight\" and now is \"fused\": the run of the topic readings that was",
                        "was not closed. Put the setting back, or change it after a clean close");
    }

    @Test
    @Tag("faults")
    @Order(5)
    void tooFewSlotsAreRefused() {
        assertThatThrownBy(() -> run(EIGHT, "1 second", Map.of("spark.master", "local[15]")))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("weir.pipeline.layout = eight needs 16 Spark task slots")
                .hasMessageContaining("found at most 15 with spark.master = local[15]");
        assertThatThrownBy(() -> run(FUSED, "realtime", Map.of("spark.master", "local[1]")))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("weir.spark.trigger = realtime needs 2 Spark task slots")
                .hasMessageContaining("found at most 1 with spark.master = local[1]");
    }

    @Test
    @Tag("faults")
    @Order(6)
    void availableNowEndsWhenAllQueriesHaveCaughtUp() throws Exception {
        send(5_000, 6);
        run(EIGHT, "available-now");
        assertThat(pipeline.process().onExit().get(2, TimeUnit.MINUTES)).isZero();
        assertThat(isEven()).isTrue();
        assertExact();
    }

    @Test
    @Tag("faults")
    @Order(7)
    void withRealtimeRollupsFollowInMicroBatches() throws Exception {
        run(EIGHT, "realtime");
        send(3_000, 7);
        awaitAll();
        assertExact();
    }

    private static void send(int readings, long seed) throws Exception {
        Totals.add(
                expected,
                BackgroundFleet.send(servers.bootstrap(), readings, 10_000, seed)
                        .get(1, TimeUnit.MINUTES));
    }

    private static void awaitAll() {
        servers.commandLine().awaitReceived(expected.get("received"));
        await().atMost(PATIENCE).pollInterval(POLL_INTERVAL).until(EightIT::isEven);
    }

    private static void assertExact() {
        assertThat(servers.commandLine().ledger()).isEqualTo(expected);
        servers.commandLine().assertNoDifferences();
        try (CassandraConnection tables = servers.tables()) {
            LogOracle oracle = LogOracle.of(servers.bootstrap(), "readings", ZoneId.of("UTC"));
            assertThat(new TableContents(tables.session(), "weir").assertEqualTo(oracle))
                    .isPositive();
        }
    }

    /** Returns whether all queries have come as far as the decider. */
    private static boolean isEven() {
        return areThrough(EnumSet.allOf(FeedQuery.class));
    }

    private static boolean areThrough(Set<FeedQuery> queries) {
        return sources().stream()
                .allMatch(source -> source.get("lag").asLong() == 0
                        && queries.stream().allMatch(query -> isThrough(source, query)));
    }

    private static boolean isThrough(JsonNode source, FeedQuery query) {
        long decided = source.get("throughOffset").asLong();
        return source.get("throughOffsets").path(query.table()).asLong(decided) == decided;
    }

    private static List<JsonNode> sources() {
        JsonNode sources = servers.commandLine().run("status", "--json").json().get("sources");
        return StreamSupport.stream(sources.spliterator(), false).toList();
    }

    /** Changes the row in both sources, because the reading may be in either partition. */
    private static void onPoisonedRow(String statement) {
        try (CassandraConnection tables = servers.tables()) {
            for (int source : new int[] {1, 2}) {
                tables.session().execute(String.format(statement, source));
            }
        }
    }

    private static void run(String layout, String trigger) throws IOException {
        run(layout, trigger, Map.of());
    }

    private static void run(String layout, String trigger, Map<String, String> spark) throws IOException {
        Path settings = Files.writeString(
                data.resolve("pipeline.conf"),
                "weir { pipeline.layout = " + layout + ", kafka.partitions = 2, spark.trigger = " + trigger + " }\n");
        Map<String, String> all = servers.sparkSettings();
        all.putAll(spark);
        pipeline = EmbeddedPipeline.start(
                Path.of(System.getProperty("weir.home")),
                data.resolve("run"),
                data.resolve("run.log"),
                all,
                Optional.of(settings));
    }
}
