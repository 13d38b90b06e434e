package io.weir.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.e2e.rig.LogRig;
import io.weir.local.servers.EmbeddedPipeline;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.source.Retirement;
import io.weir.storage.source.Retirement.Action;
import io.weir.storage.source.Retirement.FoundLog;
import io.weir.storage.source.SourceId;
import io.weir.storage.source.SourceRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Adds and ends sources while the pipeline runs: every source, old and new, is exact. The tests build on each other's
 * data.
 */
@TestMethodOrder(OrderAnnotation.class)
class IncarnationsIT {

    private static final String USER = System.getProperty("user.name");

    @TempDir
    private static Path data;

    private static LogRig rig;
    private static EmbeddedPipeline pipeline;

    @BeforeAll
    static void start() {
        rig = new LogRig(data);
    }

    @AfterAll
    static void stop() {
        if (pipeline != null) {
            pipeline.close();
        }
        rig.close();
    }

    @Test
    @Tag("before-faults")
    @Order(1)
    void partitionsAddedWhileRunningGetTheirOwnSources() throws Exception {
        rig.topic.create(3);
        pipeline = rig.startPipeline();
        rig.send(500, 6);
        rig.assertAllIsApplied();
        assertThat(rig.sources()).hasSize(3);
        rig.topic.addPartitionsTo(5);
        rig.send(500, 7);
        rig.assertAllIsApplied();
        assertThat(rig.sources()).hasSize(5);
    }

    @Test
    @Tag("faults")
    @Order(2)
    void aRunningPipelineContinuesWithTheNextSource() throws Exception {
        long through = rig.throughOffsets().get(1);
        try (CassandraConnection connection = rig.servers.tables()) {
            SourceRegistry registry = new SourceRegistry(connection);
            SourceId ended = registry.register("readings", rig.topic.id(), 0);
            registry.retire(
                    ended,
                    new Retirement(
                            Action.SKIP,
                            Instant.ofEpochMilli(0),
                            USER,
                            null,
                            through,
                            new FoundLog(rig.topic.id(), 0L, through + 1),
                            through + 1));
        }
        rig.send(500, 8);
        rig.assertAllIsApplied();
        assertThat(rig.throughOffsets().get(1)).isEqualTo(through);
        assertThat(rig.throughOffsets().get(6)).isGreaterThan(through);
    }

    @Test
    @Tag("faults")
    @Order(3)
    void aTopicRecreatedAndRefilledWhileRunningStopsThePipeline() throws Exception {
        Map<Integer, Long> oldEnds = rig.topic.ends();
        Map<String, Long> ledger = rig.servers.commandLine().ledger();
        rig.topic.delete();
        rig.topic.create(5);
        rig.send(5_000, 9);
        assertThat(rig.topic.ends())
                .allSatisfy((partition, end) -> assertThat(end).isGreaterThan(oldEnds.get(partition)));

        assertThat(pipeline.process().onExit().get(2, TimeUnit.MINUTES)).isEqualTo(1);
        assertThat(Files.readString(pipeline.process().log()))
                .contains("is now another topic with the id " + rig.topic.id())
                .contains("weir: the topic readings was deleted and created again")
                .contains("weir source retire --topic readings");
        assertThat(rig.servers.commandLine().ledger()).isEqualTo(ledger);

        assertThat(rig.source("retire", "--yes").exitCode()).isZero();
        rig.catchUp();
        assertThat(rig.sources()).hasSize(11);
    }
}
