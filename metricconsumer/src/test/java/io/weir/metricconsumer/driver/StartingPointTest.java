package io.weir.metricconsumer.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weir.core.fold.port.Ledger;
import io.weir.metricconsumer.failure.StartRefusedException;
import io.weir.metricconsumer.topic.FakeLog;
import io.weir.metricconsumer.topic.TopicAdmin.Borders;
import io.weir.metricconsumer.topic.TopicSources;
import io.weir.storage.source.SourceId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Resolves the start of a query on two partitions, whose ledgers account for offsets through 50 and 70. */
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
    void withoutACheckpointReadingStartsAfterTheLedger() {
        checkpoint.exists = false;
        assertThat(resolve()).isEqualTo(FROM_THE_LEDGER);
        assertThat(checkpoint.outcome).isEmpty();
    }

    @Test
    void aNewPartitionIsReadFromItsBeginning() {
        checkpoint.exists = false;
        borders.put(2, new Borders(0, 5));
        assertThat(resolve()).isEqualTo("{\"readings\":{\"0\":51,\"1\":71,\"2\":0}}");
    }

    @Test
    void aSourceWithoutALedgerIsReadFromItsBeginning() {
        checkpoint.exists = false;
        borders.put(0, new Borders(0, 90));
        ledgers.put(0, Ledger.NOTHING);
        assertThat(resolve()).isEqualTo("{\"readings\":{\"0\":0,\"1\":71}}");
    }

    @Test
    void aCheckpointAtTheLedgersIsKept() {
        checkpoint.committed = Map.of(0, 51L, 1, 71L);
        assertThat(resolve()).isEqualTo(FROM_THE_LEDGER);
        assertThat(checkpoint.outcome).isEmpty();
        assertThat(log.questions).as("the log is not asked").isEmpty();
    }

    @Test
    void aCheckpointBehindALedgerIsDeleted() {
        checkpoint.committed = Map.of(0, 50L, 1, 71L);
        resolve();
        assertThat(checkpoint.outcome).isEqualTo("deleted");
        checkpoint.committed = Map.of(1, 71L);
        resolve();
        assertThat(checkpoint.outcome).isEqualTo("deleted");
    }

    @Test
    void aCheckpointWithoutACommittedBatchIsDeleted() {
        checkpoint.committed = Map.of();
        resolve();
        assertThat(checkpoint.outcome).isEqualTo("deleted");
    }

    @Test
    void aCheckpointAheadOfTheLedgerIsDeletedIfTheRunWasNotClosed() {
        closed = false;
        checkpoint.committed = Map.of(0, 60L, 1, 71L);
        log.recordAt = 51;
        assertThat(resolve()).isEqualTo(FROM_THE_LEDGER);
        assertThat(checkpoint.outcome).isEqualTo("deleted");
    }

    @Test
    void aCheckpointAheadOfTheLedgerAfterACloseIsSetAside() {
        checkpoint.committed = Map.of(0, 60L, 1, 71L);
        log.recordAt = 51;
        assertThat(resolve()).isEqualTo(FROM_THE_LEDGER);
        assertThat(checkpoint.outcome).isEqualTo("set aside");
        assertThat(log.questions).containsExactly(new FakeLog.Question(0, 51, 60));
    }

    @Test
    void offsetsWithoutRecordsAreNotAheadOfTheLedger() {
        checkpoint.committed = Map.of(0, 60L, 1, 71L);
        log.recordAt = 60;
        resolve();
        assertThat(checkpoint.outcome).isEmpty();
    }

    @Test
    void aCheckpointOfAnotherLogIsSetAside() {
        for (long outside : new long[] {9, 91}) {
            checkpoint.outcome = "";
            checkpoint.committed = Map.of(0, outside, 1, 71L);
            resolve();
            assertThat(checkpoint.outcome).as("at %d", outside).isEqualTo("set aside");
        }
        checkpoint.outcome = "";
        checkpoint.committed = Map.of(0, 51L, 1, 71L, 7, 1L);
        resolve();
        assertThat(checkpoint.outcome).as("a partition that does not exist").isEqualTo("set aside");
    }

    @Test
    void aCheckpointAtTheFirstOrEndOffsetFitsTheLog() {
        checkpoint.committed = Map.of(0, 90L, 1, 100L);
        resolve();
        assertThat(checkpoint.outcome).isEmpty();
        ledgers.put(0, 9L);
        checkpoint.committed = Map.of(0, 10L, 1, 71L);
        resolve();
        assertThat(checkpoint.outcome).isEmpty();
    }

    @Test
    void aCheckpointWithABatchBeyondTheLogIsSetAside() {
        checkpoint.committed = Map.of(0, 51L, 1, 71L);
        checkpoint.planned = Map.of(0, 91L, 1, 80L);
        resolve();
        assertThat(checkpoint.outcome).isEqualTo("set aside");
        checkpoint.outcome = "";
        checkpoint.planned = Map.of(0, 90L, 1, 80L);
        resolve();
        assertThat(checkpoint.outcome).isEmpty();
    }

    @Test
    void aLogWithoutTheRecordsBeyondTheLedgerRefusesTheStart() {
        borders.put(0, new Borders(52, 90));
        borders.put(1, new Borders(0, 70));
        checkpoint.committed = Map.of(0, 1L);
        assertThatExceptionOfType(StartRefusedException.class)
                .isThrownBy(this::resolve)
                .withMessageContainingAll(
                        "partition 0 (source 1) begins at offset 52", "; ", "partition 1 (source 2) ends");
        assertThat(checkpoint.outcome).as("the checkpoint is unchanged").isEmpty();
        borders.clear();
        assertThatExceptionOfType(StartRefusedException.class).isThrownBy(this::resolve);
    }

    private String resolve() {
        return new StartingPoint(SOURCES, ledgers, log, borders).resolve(checkpoint, BROKEN, NOW, closed);
    }

    /** A checkpoint with the offsets that a test sets. Records what was done to it. */
    private static final class FakeCheckpoint implements Checkpoint {

        private boolean exists = true;
        private Map<Integer, Long> committed = Map.of();
        private Map<Integer, Long> planned = Map.of();
        private String outcome = "";

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
            outcome = "set aside";
            return "aside";
        }

        @Override
        public void delete(Instant now) {
            assertThat(now).isEqualTo(NOW.instant());
            outcome = "deleted";
        }
    }
}
