package io.weir.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.e2e.rig.BackgroundFleet;
import io.weir.e2e.rig.FaultRig;
import io.weir.e2e.rig.Injection;
import io.weir.e2e.rig.Totals;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Replaces Cassandra by an older copy while the pipeline runs: the pipeline replays the lost readings. */
@Timeout(400)
class StoreGoesBackIT {

    private static final int READINGS = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void aRunningPipelineReplaysWhatTheStoreHasLost(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory)
            throws Exception {
        Map<String, Long> sent = new TreeMap<>();
        try (FaultRig rig = FaultRig.start(directory, Map.of())) {
            rig.startPipeline(Injection.MAIN);
            send(rig, 1, sent);
            rig.copyCassandra("backup");
            send(rig, 2, sent);

            rig.replaceCassandra("backup");
            assertApplied(rig, sent); // replays without new records
            rig.replaceCassandra("backup");
            send(rig, 3, sent); // immediately, so that a batch may begin beyond the ledger

            rig.assertPipelinesRun();
        }
    }

    private static void send(FaultRig rig, long seed, Map<String, Long> sent) throws Exception {
        Totals.add(
                sent,
                BackgroundFleet.send(rig.bootstrap(), READINGS, 20_000, seed).get(1, TimeUnit.MINUTES));
        assertApplied(rig, sent);
    }

    private static void assertApplied(FaultRig rig, Map<String, Long> sent) {
        rig.commandLine().awaitReceived(sent.get("received"), PATIENCE);
        assertThat(rig.commandLine().ledger()).isEqualTo(sent);
        rig.commandLine().assertNoDifferences();
    }
}
