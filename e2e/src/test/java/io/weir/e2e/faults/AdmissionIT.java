package io.weir.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.e2e.rig.CommandRun;
import io.weir.e2e.rig.PipelineRig;
import io.weir.e2e.rig.Signal;
import io.weir.local.servers.EmbeddedPipeline;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Starts pipelines of one keyspace with different settings while others run, have crashed or are frozen. The tests
 * build on each other's data.
 */
@Tag("faults")
@TestMethodOrder(OrderAnnotation.class)
class AdmissionIT {

    private static final String UNCOMMITTED = "weir.kafka.isolation-level = read_uncommitted";
    private static final String TOO_OLD = "weir.pipeline.too-old = 1 hour";

    private static final String ONE = "weir.kafka.topic = one";
    private static final String TWO = "weir.kafka.topic = two";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path data;

    private static PipelineRig rig;

    @BeforeAll
    static void start() throws Exception {
        rig = new PipelineRig(data);
        rig.createTopic("one");
        rig.createTopic("two");
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @Test
    @Order(1)
    void anotherIsolationLevelIsRefusedUntilTheLedgerAccountsForAllRecordsRead() throws Exception {
        rig.send("one", hoursAgo(30), 4);
        rig.send("one", hoursAgo(20), 4, false);
        try (EmbeddedPipeline crashing = rig.start("one", ONE, UNCOMMITTED)) {
            rig.commandLine().awaitReceived(8);
            crashing.process().kill();
        }
        rig.send("one", hoursAgo(10), 4);

        assertRefused(rig.catchUp("one", ONE), "the setting isolation-level was \"read_uncommitted\"");
        assertCaughtUp(rig.catchUp("one", ONE, UNCOMMITTED), 12);
        rig.send("one", hoursAgo(5), 4, false);
        assertCaughtUp(rig.catchUp("one", ONE), 12);
    }

    @Test
    @Order(2)
    void settingsAreLockedWhileTheRunOfAnotherTopicIsOpen() throws Exception {
        rig.send("two", hoursAgo(30), 4);
        try (EmbeddedPipeline other = rig.start("one", ONE)) {
            assertCaughtUp(rig.catchUp("two", TWO), 16);
            assertRefused(rig.catchUp("two", TWO, TOO_OLD), "the setting too-old was \"off\"", "topic one");
            assertThat(other.process().isAlive()).isTrue();
            other.process().kill();
        }
        assertRefused(rig.catchUp("two", TWO, TOO_OLD), "the setting too-old was \"off\"", "topic one");
        assertCaughtUp(rig.catchUp("one", ONE), 16);
        assertCaughtUp(rig.catchUp("two", TWO, TOO_OLD), 16);
        assertCaughtUp(rig.catchUp("two", TWO), 16);
    }

    /**
     * Otherwise the frozen pipeline would apply records that arrive after the others have closed, by the settings that
     * it was started with.
     */
    @Test
    @Order(3)
    void aReplacedPipelineAppliesNothingMore() throws Exception {
        try (EmbeddedPipeline frozen = rig.start("frozen", ONE)) {
            rig.send("one", hoursAgo(4), 4);
            rig.commandLine().awaitReceived(20);
            Signal.send("STOP", frozen.process().pid());
            rig.send("one", hoursAgo(3), 4);
            assertCaughtUp(rig.catchUp("one", ONE), 24);
            rig.send("one", hoursAgo(2), 4); // the next settings reject these
            Signal.send("CONT", frozen.process().pid());

            assertThat(PipelineRig.lastMessage(frozen)).contains("another pipeline has taken over the topic one");
            assertThat(rig.commandLine().received()).isEqualTo(24);
            assertCaughtUp(rig.catchUp("one", ONE, TOO_OLD), 28);
            assertThat(rig.commandLine().ledger()).containsEntry("rejected", 4L);
        }
    }

    private static void assertRefused(CommandRun run, String... messageParts) {
        assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
        assertThat(run.err()).contains(messageParts);
    }

    private static void assertCaughtUp(CommandRun run, long received) {
        assertThat(run.exitCode()).as(run.err()).isZero();
        Map<String, Long> ledger = rig.commandLine().ledger();
        assertThat(ledger).containsEntry("received", received);
        rig.commandLine().assertNoDifferences();
    }

    private static Instant hoursAgo(int hours) {
        return Instant.now().minusSeconds(hours * 3600L);
    }
}
