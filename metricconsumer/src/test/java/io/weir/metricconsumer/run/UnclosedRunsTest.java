package io.weir.metricconsumer.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.metricconsumer.topic.TopicAdmin.Borders;
import io.weir.metricconsumer.topic.TopicSources;
import io.weir.storage.source.SourceId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnclosedRunsTest {

    private static final SourceId FIRST = new SourceId(1, "readings", "id", 0);
    private static final SourceId SECOND = new SourceId(2, "readings", "id", 1);
    private static final TopicSources SOURCES =
            new TopicSources("readings", "id", Map.of(0, FIRST, 1, SECOND), Map.of());

    @Test
    void afterACloseNoLedgerIsBehind() {
        UnclosedRuns runs = new UnclosedRuns(true);
        runs.beginRun(SOURCES, ending(10, 20));

        assertThat(areAccountedFor(runs, -1, -1)).isTrue();
    }

    @Test
    void afterACrashEveryLedgerMustReachTheEndOfTheLogAtTheStart() {
        UnclosedRuns runs = new UnclosedRuns(false);
        runs.beginRun(SOURCES, ending(10, 20));

        assertThat(areAccountedFor(runs, -1, -1)).isFalse();
        assertThat(areAccountedFor(runs, 9, 18)).isFalse();
        assertThat(areAccountedFor(runs, 9, 19)).isTrue();
        assertThat(areAccountedFor(runs, 100, 200)).isTrue();
    }

    /** The pipeline may be stopped before its decider starts. */
    @Test
    void afterACrashAStartThatReadsNothingAccountsForNothing() {
        UnclosedRuns runs = new UnclosedRuns(false);
        runs.addCommitted(SOURCES.byPartition(), Map.of(0, 10L));
        assertThat(areAccountedFor(runs, 100, 200)).isFalse();
        runs.beginRun(SOURCES, ending(10, 20));
        assertThat(areAccountedFor(runs, 9, 19)).isTrue();
    }

    @Test
    void afterACloseAStartThatReadsNothingNeedsNothing() {
        UnclosedRuns runs = new UnclosedRuns(true);
        runs.addCommitted(SOURCES.byPartition(), Map.of(0, 10L));
        assertThat(areAccountedFor(runs, 9, -1)).isTrue();
    }

    @Test
    void aSecondRunRaisesTheEnd() {
        UnclosedRuns runs = new UnclosedRuns(true);
        runs.beginRun(SOURCES, ending(10, 20));
        runs.beginRun(SOURCES, ending(15, 20));

        assertThat(areAccountedFor(runs, 9, 19)).isFalse();
        assertThat(areAccountedFor(runs, 14, 19)).isTrue();
    }

    @Test
    void offsetsWithoutRecordsCountAsAccountedFor() {
        UnclosedRuns runs = new UnclosedRuns(false);
        runs.beginRun(SOURCES, ending(10, 20));

        assertThat(runs.areAccountedFor(source -> 7, (partition, from, to) -> {
                    assertThat(from).isEqualTo(8);
                    assertThat(to).isEqualTo(partition == 0 ? 10 : 20);
                    return false;
                }))
                .isTrue();
    }

    @Test
    void theLastRunCountsByItsCommittedBatches() {
        UnclosedRuns runs = new UnclosedRuns(true);
        assertThat(runs.wasLastRunClosed()).isTrue();
        runs.beginRun(SOURCES, ending(10, 20));
        assertThat(runs.wasLastRunClosed()).isFalse();
        runs.addCommitted(SOURCES.byPartition(), Map.of(0, 30L, 7, 0L));

        assertThat(areAccountedFor(runs, 28, -1)).isFalse();
        assertThat(areAccountedFor(runs, 29, -1)).isTrue();
    }

    @Test
    void theEndOfEarlierRunsStillCounts() {
        UnclosedRuns runs = new UnclosedRuns(false);
        runs.beginRun(SOURCES, ending(10, 20));
        runs.addCommitted(SOURCES.byPartition(), Map.of(0, 5L));

        assertThat(areAccountedFor(runs, 8, 19)).isFalse();
        assertThat(areAccountedFor(runs, 9, 19)).isTrue();
    }

    @Test
    void aPartitionThatTheTopicGotMeanwhileCounts() {
        UnclosedRuns runs = new UnclosedRuns(true);
        runs.beginRun(new TopicSources("readings", "id", Map.of(0, FIRST), Map.of()), Map.of(0, new Borders(0, 10)));
        runs.addCommitted(SOURCES.byPartition(), Map.of(0, 10L, 1, 5L));

        assertThat(areAccountedFor(runs, 9, 3)).isFalse();
        assertThat(areAccountedFor(runs, 9, 4)).isTrue();
    }

    private static Map<Integer, Borders> ending(long first, long second) {
        return Map.of(0, new Borders(0, first), 1, new Borders(0, second));
    }

    /** Uses a log with a record at every offset. */
    private static boolean areAccountedFor(UnclosedRuns runs, long first, long second) {
        return runs.areAccountedFor(source -> source.equals(FIRST) ? first : second, (partition, from, to) -> true);
    }
}
