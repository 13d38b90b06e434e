package io.weir.metricconsumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weir.core.fold.Ledger;
import io.weir.metricconsumer.KafkaLog.Borders;
import io.weir.storage.SourceId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Two partitions, whose ledgers account for offsets through 50 and 70. */
class StartingPointTest {

    private static final TopicSources SOURCES = new TopicSources(
            "readings",
            "id",
            Map.of(0, new SourceId(1, "readings", "id", 0), 1, new SourceId(2, "readings", "id", 1)),
            Map.of());
    private static final Clock NOW = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    private static final BrokenLog BROKEN = new BrokenLog("readings", "weir", Map::of);
    private static final String FROM_THE_LEDGER = "{\"readings\":{\"0\":51,\"1\":71}}";

    private final Map<Integer, Long> ledgers = new HashMap<>(Map.of(0, 50L, 1, 70L));
    private final Map<Integer, Borders> borders = new TreeMap<>(Map.of(0, new Borders(10, 90), 1, new Borders(0, 100)));
    private final FakeLog log = new FakeLog();
    private final FakeCheckpoint checkpoint = new FakeCheckpoint();

    private boolean closed = true;

    @Test
    void readingBeginsAfterTheLedgerWithoutACheckpoint() {
        checkpoint.exists = false;
        assertThat(decide()).isEqualTo(FROM_THE_LEDGER);
        assertThat(checkpoint.fate).isEmpty();
    }

    @Test
    void partitionsWithoutASourceAreReadFromTheirBeginning() {
        checkpoint.exists = false;
        borders.put(2, new Borders(0, 5));
        assertThat(decide()).isEqualTo("{\"readings\":{\"0\":51,\"1\":71,\"2\":0}}");
    }

    @Test
    void aSourceWithoutALedgerIsReadFromItsBeginning() {
        checkpoint.exists = false;
        borders.put(0, new Borders(0, 90));
        ledgers.put(0, Ledger.NOTHING);
        assertThat(decide()).isEqualTo("{\"readings\":{\"0\":0,\"1\":71}}");
    }

    @Test
    void aCheckpointAtTheLedgersIsFollowed() {
        checkpoint.committed = Map.of(0, 51L, 1, 71L);
        assertThat(decide()).isEqualTo(FROM_THE_LEDGER);
        assertThat(checkpoint.fate).isEmpty();
        assertThat(log.questions).as("nothing lies between").isEmpty();
    }

    @Test
    void aCheckpointBehindALedgerIsDeleted() {
        checkpoint.committed = Map.of(0, 50L, 1, 71L);
        decide();
        assertThat(checkpoint.fate).isEqualTo("deleted");
        checkpoint.committed = Map.of(1, 71L);
        decide();
        assertThat(checkpoint.fate).isEqualTo("deleted");
    }

    @Test
    void aCheckpointWithoutACommittedBatchIsDeleted() {
        checkpoint.committed = Map.of();
        decide();
        assertThat(checkpoint.fate).isEqualTo("deleted");
    }

    @Test
    void aCheckpointAheadOfALedgerThatMayNotHaveFollowedIsDeleted() {
        closed = false;
        checkpoint.committed = Map.of(0, 60L, 1, 71L);
        log.recordAt = 51;
        assertThat(decide()).isEqualTo(FROM_THE_LEDGER);
        assertThat(checkpoint.fate).isEqualTo("deleted");
    }

    @Test
    void aCheckpointAheadOfALedgerAfterACloseIsSetAside() {
        checkpoint.committed = Map.of(0, 60L, 1, 71L);
        log.recordAt = 51;
        assertThat(decide()).isEqualTo(FROM_THE_LEDGER);
        assertThat(checkpoint.fate).isEqualTo("set aside");
        assertThat(log.questions).containsExactly(new FakeLog.Question(0, 51, 60));
    }

    @Test
    void offsetsWithoutRecordsDoNotPutACheckpointAhead() {
        checkpoint.committed = Map.of(0, 60L, 1, 71L);
        log.recordAt = 60;
        decide();
        assertThat(checkpoint.fate).isEmpty();
    }

    @Test
    void aCheckpointOfAnotherLogIsSetAside() {
        for (long outside : new long[] {9, 91}) {
            checkpoint.fate = "";
            checkpoint.committed = Map.of(0, outside, 1, 71L);
            decide();
            assertThat(checkpoint.fate).as("at %d", outside).isEqualTo("set aside");
        }
        checkpoint.fate = "";
        checkpoint.committed = Map.of(0, 51L, 1, 71L, 7, 1L);
        decide();
        assertThat(checkpoint.fate).as("a partition that is not there").isEqualTo("set aside");
    }

    @Test
    void theEndsOfTheLogAreWithinIt() {
        checkpoint.committed = Map.of(0, 90L, 1, 100L);
        decide();
        assertThat(checkpoint.fate).isEmpty();
        ledgers.put(0, 9L);
        checkpoint.committed = Map.of(0, 10L, 1, 71L);
        decide();
        assertThat(checkpoint.fate).isEmpty();
    }

    @Test
    void aBatchThatWasBegunBeyondTheLogIsSetAside() {
        checkpoint.committed = Map.of(0, 51L, 1, 71L);
        checkpoint.planned = Map.of(0, 91L, 1, 80L);
        decide();
        assertThat(checkpoint.fate).isEqualTo("set aside");
        checkpoint.fate = "";
        checkpoint.planned = Map.of(0, 90L, 1, 80L);
        decide();
        assertThat(checkpoint.fate).isEmpty();
    }

    @Test
    void aLogThatHasLostWhatALedgerNeedsStopsTheStart() {
        borders.put(0, new Borders(52, 90));
        borders.put(1, new Borders(0, 70));
        checkpoint.committed = Map.of(0, 1L);
        assertThatExceptionOfType(StartRefusedException.class)
                .isThrownBy(this::decide)
                .withMessageContainingAll(
                        "partition 0 (source 1) begins at offset 52", "; ", "partition 1 (source 2) ends");
        assertThat(checkpoint.fate).as("nothing is changed").isEmpty();
        borders.clear();
        assertThatExceptionOfType(StartRefusedException.class).isThrownBy(this::decide);
    }

    private String decide() {
        return new StartingPoint(SOURCES, ledgers, log, borders).decide(checkpoint, BROKEN, NOW, closed);
    }

    /** Says what a test wants, and remembers what was done to it. */
    private static final class FakeCheckpoint implements Checkpoint {

        private boolean exists = true;
        private Map<Integer, Long> committed = Map.of();
        private Map<Integer, Long> planned = Map.of();
        private String fate = "";

        @Override
        public String location() {
            return "checkpoint";
        }

        @Override
        public boolean exists() {
            return exists;
        }

        @Override
        public Map<Integer, Long> committedOffsets(String topic) {
            return committed;
        }

        @Override
        public Map<Integer, Long> plannedOffsets(String topic) {
            return planned;
        }

        @Override
        public String setAside(Instant now) {
            assertThat(now).isEqualTo(NOW.instant());
            fate = "set aside";
            return "aside";
        }

        @Override
        public void delete(Instant now) {
            assertThat(now).isEqualTo(NOW.instant());
            fate = "deleted";
        }
    }
}
