package io.weir.local.command.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.fold.port.Ledger;
import io.weir.core.reading.RejectReason;
import io.weir.metricproducer.OffsetSpan;
import io.weir.storage.ledger.SourceLedger;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PublishOutcomeTest {

    private static final Map<Integer, OffsetSpan> PUBLISHED =
            Map.of(0, new OffsetSpan(10, 12, 3), 1, new OffsetSpan(0, 0, 1));

    private final Map<Integer, SourceLedger> before = Map.of(
            0, ledger(1, 0, 9, 100, 90, 4, Map.of(RejectReason.CONFLICT, 6L)),
            2, ledger(3, 2, 9, 7, 7, 0, Map.of()));

    @Test
    void countsWhatTheLedgersOfThePartitionsGained() {
        PublishOutcome.Outcome outcome = PublishOutcome.Outcome.of(
                PUBLISHED,
                before,
                Map.of(
                        0, ledger(1, 0, 12, 106, 92, 5, Map.of(RejectReason.CONFLICT, 6L, RejectReason.TOO_OLD, 3L)),
                        1, ledger(2, 1, 0, 2, 2, 0, Map.of()),
                        2, ledger(3, 2, 99, 77, 77, 0, Map.of())));
        assertThat(outcome).isEqualTo(new PublishOutcome.Outcome(8, 4, 1, Map.of(RejectReason.TOO_OLD, 3L)));
        assertThat(outcome.isOf(8)).isTrue();
        assertThat(outcome.sentence(8))
                .isEqualTo(
                        "Of these 8 readings: 4 stored, 1 duplicate, 3 rejected (too-old 3; see weir rejected list for"
                                + " the reasons)");
    }

    @Test
    void reportsOtherPublishersOfTheSamePartitions() {
        PublishOutcome.Outcome outcome = new PublishOutcome.Outcome(9, 9, 0, Map.of());
        assertThat(outcome.isOf(8)).isFalse();
        assertThat(outcome.sentence(8))
                .isEqualTo("All 8 readings are processed. The ledger cannot tell them from those of other producers."
                        + " Of the 9 readings that these partitions received meanwhile: 9 stored, 0 duplicate, 0"
                        + " rejected");
    }

    @Test
    void countsASourceThatStartedMeanwhile() {
        assertThat(PublishOutcome.Outcome.of(
                                Map.of(0, new OffsetSpan(0, 0, 1)),
                                before,
                                Map.of(0, ledger(9, 0, 0, 2, 2, 0, Map.of())))
                        .received())
                .isEqualTo(2);
    }

    private static SourceLedger ledger(
            int source,
            int partition,
            long through,
            long received,
            long stored,
            long duplicate,
            Map<RejectReason, Long> rejected) {
        return new SourceLedger(
                source, "readings", "id", partition, new Ledger(through, received, stored, duplicate, rejected));
    }
}
