package io.weir.e2e.exactness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.e2e.rig.BackgroundFleet;
import io.weir.e2e.rig.Scrape;
import io.weir.e2e.rig.Signal;
import io.weir.e2e.rig.TestWeir;
import io.weir.local.servers.PortChoice;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests the contract in Spark's Real-Time Mode, whose batches outlast these tests: records are applied without waiting
 * for more, and a crash, which replays a whole batch, changes nothing.
 */
@TestMethodOrder(OrderAnnotation.class)
class RealTimeIT {

    /** The task itself only sees an interrupt: its flusher knows the source and the cause. */
    private static final Pattern FAILED_SOURCE =
            Pattern.compile("weir notice: the query fused .* in source \\d+ \\(partition \\d+\\): ");

    @TempDir
    private static Path data;

    private static TestWeir weir;
    private static URI metrics;

    @BeforeAll
    static void start() throws IOException {
        int port = PortChoice.any().take("the metrics", "weir.metrics.port", notice -> {});
        metrics = URI.create("http://127.0.0.1:" + port + "/metrics");
        Path settings = Files.writeString(
                data.resolve("realtime.conf"),
                """
                weir.spark { trigger = realtime, realtime.batch-duration = 20 minutes }
                weir.cassandra { request-timeout = 2 seconds, retry-for = 3 seconds }
                weir.metrics.port = %d
                """
                        .formatted(port));
        weir = TestWeir.on(data, settings);
    }

    @AfterAll
    static void stop() {
        weir.close();
    }

    @Test
    @Order(1)
    void aSingleReadingIsApplied() throws IOException {
        publishOne("2026-01-01T00:00:00Z");
        weir.commandLine().awaitReceived(1);
        weir.commandLine().assertNoDifferences();
    }

    @Test
    @Order(2)
    void aSingleReadingSentDuringAnOutageIsAppliedWhenCassandraIsBack() throws Exception {
        long cassandra = weir.running().servers().cassandra().process().pid();
        Path log = weir.running().pipeline().log();
        Signal.send("STOP", cassandra);
        try {
            publishOne("2026-01-01T00:00:01Z");
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> Scrape.of(metrics).sum("weir_pipeline_failures_total", "kind=\"transient\"") > 0);
            assertThat(Files.readString(log)).containsPattern(FAILED_SOURCE);
            await("no lag is told while Cassandra does not answer")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> Scrape.of(metrics).samples("weir_source_lag").isEmpty());
        } finally {
            Signal.send("CONT", cassandra);
        }
        weir.commandLine().awaitReceived(2);
        weir.commandLine().assertNoDifferences();
        Scrape scrape = Scrape.of(metrics);
        assertThat(scrape.sum("weir_pipeline_cassandra_retries_total")).isPositive();
        assertThat(scrape.sum("weir_pipeline_restarts_total")).isPositive();
        assertThat(scrape.sum("weir_pipeline_failures_total", "kind=\"lasting\""))
                .isZero();
    }

    @Test
    @Tag("faults")
    @Order(3)
    void killsUnderLoadChangeNothing() throws Exception {
        Map<String, Long> before = weir.commandLine().ledger();
        weir.killPipelineUnderLoad(2, BackgroundFleet.send(weir.bootstrap(), 40_000, 1_500, 5), before);
    }

    @Test
    @Tag("faults")
    @Order(4)
    void aStopWithinABatchFlushesTheLedger() {
        Map<String, Long> before = weir.commandLine().ledger();
        weir.close();
        weir.start();
        assertThat(weir.commandLine().ledger()).isEqualTo(before);
        weir.commandLine().assertNoDifferences();
    }

    private static void publishOne(String time) throws IOException {
        Path one = Files.writeString(
                data.resolve("one.jsonl"),
                "{\"device\":\"d\",\"metric\":\"m\",\"time\":\"" + time + "\",\"value\":1}\n");
        assertThat(weir.run("publish", one.toString()).exitCode()).isZero();
    }
}
