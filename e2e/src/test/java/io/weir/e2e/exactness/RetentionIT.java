package io.weir.e2e.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.e2e.rig.CommandRun;
import io.weir.e2e.rig.PipelineRig;
import io.weir.local.servers.EmbeddedPipeline;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Uses a retention of the tables with topics that may keep records for longer than the settings say. */
class RetentionIT {

    /**
     * Enough for records with a life of one hour: 32 days for a month, and 3 h 10 min for the bounds on records and
     * clocks.
     */
    private static final String[] RETENTION = {
        "weir.cassandra.rollup-retention = 33 days",
        "weir.cassandra.raw-retention = 4 hours",
        "weir.pipeline.too-old = 30 minutes",
        "weir.kafka.retention = 1 hour"
    };

    private static final Map<String, String> SHORT =
            Map.of("message.timestamp.type", "LogAppendTime", "retention.ms", "3600000", "segment.ms", "3600000");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path data;

    private static PipelineRig rig;

    @BeforeAll
    static void start() {
        rig = new PipelineRig(data);
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @Test
    void aTopicThatKeepsRecordsTooLongIsRefused() throws Exception {
        rig.createTopic("long", Map.of("message.timestamp.type", "LogAppendTime", "retention.ms", "86400000"));
        assertRefused("long", "retention.ms = 86400000", "segment.ms = 604800000", "weir.cassandra.raw-retention");
        rig.createTopic("endless", Map.of("message.timestamp.type", "LogAppendTime", "retention.ms", "-1"));
        assertRefused("endless", "retention.ms = -1");
        rig.createTopic("producers", Map.of("message.timestamp.type", "CreateTime", "retention.ms", "3600000"));
        assertRefused("producers", "message.timestamp.type = CreateTime");
    }

    @Test
    void aTopicReconfiguredToKeepRecordsTooLongStopsThePipeline() throws Exception {
        rig.createTopic("changed", SHORT);
        try (EmbeddedPipeline pipeline = rig.start("changed", with("changed"))) {
            rig.send("changed", Instant.now().minusSeconds(60), 3);
            rig.commandLine().awaitReceived(3);
            rig.commandLine().assertNoDifferences();
            rig.configure("changed", "retention.ms", "-1");
            assertThat(PipelineRig.lastMessage(pipeline)).contains("the topic changed", "retention.ms = -1");
        }
        assertRefused("changed", "retention.ms = -1");
    }

    private static void assertRefused(String topic, String... messageParts) throws Exception {
        CommandRun run = rig.catchUp(topic, with(topic));
        assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
        assertThat(run.err()).contains("the topic " + topic).contains(messageParts);
    }

    private static String[] with(String topic) {
        return (String.join("\n", RETENTION) + "\nweir.kafka.topic = " + topic).split("\n");
    }
}
