package io.weir.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import io.weir.e2e.rig.CommandLine;
import io.weir.e2e.rig.EndlessFleet;
import io.weir.e2e.rig.FaultRig;
import io.weir.e2e.rig.Injection;
import io.weir.e2e.rig.LogOracle;
import io.weir.e2e.rig.TableContents;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests the contract under every fault of the real parts, while a fleet sends readings out of order. At the end the
 * ledger shows what was sent, kind by kind, the verification finds no differences, and every row equals what an oracle
 * computes from the topic. One fault runs in every build, so that the rig keeps working.
 */
class FaultsIT {

    /** Can be set by -Dweir.test.seed. */
    private static final long SEED = Long.getLong("weir.test.seed", 20_260_101);

    /** Selects the faults whose name, layout and trigger match this regular expression. */
    private static final Pattern ONLY = Pattern.compile(System.getProperty("weir.faults.only", ""));

    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private static final int SHORTEST = Integer.getInteger("weir.faults.readings", Integer.MAX_VALUE);

    /**
     * Every fault with the layout fused in micro-batches. In Real-Time Mode, where a crash replays more, the faults
     * that hit a running task. With the layout eight, where the decider is ahead of its followers, the faults that
     * separate them. The zones are offset from the hour by 45 and 30 minutes, and one changes its clock by half an
     * hour.
     */
    private static final List<Selection> SELECTIONS = List.of(
            new Selection("fused", "1 second", "Asia/Kathmandu", List.of("")),
            new Selection(
                    "fused",
                    "realtime",
                    "America/St_Johns",
                    List.of("pipeline killed", "Cassandra killed", "Kafka killed", "another took over")),
            new Selection(
                    "eight",
                    "1 second",
                    "Australia/Lord_Howe",
                    List.of("pipeline killed", "last commit", "checkpoint lost", "Cassandra killed", "emptied")),
            new Selection("eight", "realtime", "UTC", List.of("Kafka killed", "another took over")));

    /** How pipelines run, and which faults they meet: those whose name contains one of the texts. */
    private record Selection(String layout, String trigger, String zone, List<String> faults) {

        Stream<Arguments> runs() {
            return Injection.ALL.stream()
                    .filter(fault -> faults.stream().anyMatch(fault.name()::contains))
                    .map(fault -> Arguments.of(fault, layout, trigger, zone));
        }
    }

    static Stream<Arguments> faults() {
        return SELECTIONS.stream().flatMap(Selection::runs).filter(run -> ONLY.matcher(
                        Stream.of(run.get()).map(Object::toString).collect(Collectors.joining(", ")))
                .find());
    }

    @Test
    void aKilledPipelineCountsNothingTwice(@TempDir Path directory) throws Exception {
        run(Injection.SHORT, "fused", "1 second", "UTC", directory, Injection.SHORT.readings());
    }

    @ParameterizedTest(name = "{0}, {1}, {2}, {3}")
    @Tag("faults")
    @MethodSource
    void faults(
            Injection fault,
            String layout,
            String trigger,
            String zone,
            @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory)
            throws Exception {
        ReliabilityPage.add(run(fault, layout, trigger, zone, directory, Math.min(fault.readings(), SHORTEST)));
    }

    private static ReliabilityPage.Run run(
            Injection fault, String layout, String trigger, String zone, Path directory, long readings)
            throws Exception {
        Instant began = Instant.now();
        Map<String, String> settings = new TreeMap<>(fault.settings());
        settings.put("spark.weir.pipeline.layout", layout);
        settings.put("spark.weir.spark.trigger", trigger);
        settings.put("spark.weir.pipeline.zone", zone);
        try (FaultRig rig = FaultRig.start(directory, settings)) {
            rig.startPipeline(Injection.MAIN);
            CommandLine commandLine = rig.commandLine();
            Map<String, Long> sent;
            try (EndlessFleet fleet = EndlessFleet.start(rig.bootstrap(), fault.rate(), SEED)) {
                fault.hurt().to(rig, new Random(SEED));
                commandLine.awaitReceived(readings, PATIENCE);
                sent = fleet.stop();
            }
            commandLine.awaitReceived(sent.get("received"), PATIENCE);
            rig.assertPipelinesRun();
            assertThat(commandLine.ledger()).isEqualTo(sent);
            commandLine.assertNoDifferences();
            long compared;
            try (CqlSession session = rig.session()) {
                compared = new TableContents(session, FaultRig.KEYSPACE)
                        .assertEqualTo(LogOracle.of(rig.bootstrap(), FaultRig.TOPIC, ZoneId.of(zone)));
            }
            return new ReliabilityPage.Run(
                    fault.name(), layout, trigger, zone, sent, compared, SEED, Duration.between(began, Instant.now()));
        }
    }
}
