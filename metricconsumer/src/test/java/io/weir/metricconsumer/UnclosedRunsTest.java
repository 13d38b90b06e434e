package io.weir.metricconsumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.metricconsumer.KafkaLog.Borders;
import io.weir.storage.SourceId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnclosedRunsTest {

    private static final SourceId FIRST = new SourceId(1, "readings", "id", 0);
    private static final SourceId SECOND = new SourceId(2, "readings", "id", 1);
    private static final TopicSources SOURCES =
            new TopicSources("readings", "id", Map.of(0, FIRST, 1, SECOND), Map.of());

    @Test
    void afterACloseThereIsNothingToAccountFor() {
        UnclosedRuns runs = new UnclosedRuns(true);
        runs.begin(SOURCES, ending(10, 20));

        assertThat(accounted(runs, -1, -1)).isTrue();
    }

    @Test
    void afterACrashEveryLedgerHasToReachTheEndThatTheLogHadThen() {
        UnclosedRuns runs = new UnclosedRuns(false);
        runs.begin(SOURCES, ending(10, 20));

        assertThat(accounted(runs, -1, -1)).isFalse();
        assertThat(accounted(runs, 9, 18)).isFalse();
        assertThat(accounted(runs, 9, 19)).isTrue();
        assertThat(accounted(runs, 100, 200)).isTrue();
    }

    @Test
    void aRunThatIsBegunAgainMayHaveLeftMore() {
        UnclosedRuns runs = new UnclosedRuns(true);
        runs.begin(SOURCES, ending(10, 20));
        runs.begin(SOURCES, ending(15, 20));

        assertThat(accounted(runs, 9, 19)).isFalse();
        assertThat(accounted(runs, 14, 19)).isTrue();
    }

    @Test
    void offsetsWithoutARecordNeedNoAccount() {
        UnclosedRuns runs = new UnclosedRuns(false);
        runs.begin(SOURCES, ending(10, 20));

        assertThat(runs.areAccountedFor(source -> 7, (partition, from, to) -> {
                    assertThat(from).isEqualTo(8);
                    assertThat(to).isEqualTo(partition == 0 ? 10 : 20);
                    return false;
                }))
                .isTrue();
    }

    @Test
    void theLastRunLeavesWhatItHasCommitted() {
        UnclosedRuns runs = new UnclosedRuns(true);
        assertThat(runs.wasLastClosed()).isTrue();
        runs.begin(SOURCES, ending(10, 20));
        assertThat(runs.wasLastClosed()).isFalse();
        runs.committed(Map.of(0, 30L, 7, 5L));

        assertThat(accounted(runs, 28, -1)).isFalse();
        assertThat(accounted(runs, 29, -1)).isTrue();
    }

    @Test
    void whatEarlierRunsHaveLeftMayLieBeyondIt() {
        UnclosedRuns runs = new UnclosedRuns(false);
        runs.begin(SOURCES, ending(10, 20));
        runs.committed(Map.of(0, 5L));

        assertThat(accounted(runs, 8, 19)).isFalse();
        assertThat(accounted(runs, 9, 19)).isTrue();
    }

    private static Map<Integer, Borders> ending(long first, long second) {
        return Map.of(0, new Borders(0, first), 1, new Borders(0, second));
    }

    /** With a log that has a record at every offset. */
    private static boolean accounted(UnclosedRuns runs, long first, long second) {
        return runs.areAccountedFor(source -> source.equals(FIRST) ? first : second, (partition, from, to) -> true);
    }
}
