package io.weir.metricconsumer.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.core.fold.port.Ledger;
import io.weir.core.fold.port.TablesException;
import io.weir.core.reading.RejectReason;
import io.weir.metricconsumer.failure.TooManyRejectedException;
import io.weir.storage.ledger.SourceLedger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RejectedLimitTest {

    private final List<SourceLedger> ledgers = new ArrayList<>();
    private boolean isUnavailable;

    @Test
    void aShareAboveTheLimitStopsTheApplication() {
        RejectedLimit limit = limit(0.2);
        ledgers.add(ledger(1, "readings", 1000, Map.of(RejectReason.CONFLICT, 150L, RejectReason.MALFORMED, 50L)));
        assertThat(limit.shouldStop()).as("exactly the share").isFalse();

        ledgers.set(0, ledger(1, "readings", 1000, Map.of(RejectReason.CONFLICT, 50L, RejectReason.MALFORMED, 151L)));
        assertThat(limit.shouldStop()).isTrue();
        assertThatThrownBy(limit::throwIfStopped)
                .isInstanceOf(TooManyRejectedException.class)
                .hasMessageStartingWith("201 of 1000 readings of readings partition 7 since this start were rejected,"
                        + " 20.1 %, more than weir.pipeline.max-rejected-share = 0.2 allows: malformed 151, conflict"
                        + " 50. ")
                .hasMessageContaining("weir rejected redrive");
    }

    @Test
    void fewReadingsAreNotJudged() {
        RejectedLimit limit = limit(0.2);
        ledgers.add(ledger(1, "readings", 999, Map.of(RejectReason.CONFLICT, 999L)));
        assertThat(limit.shouldStop()).isFalse();
    }

    @Test
    void rejectionsOfEarlierRunsDoNotCount() {
        ledgers.add(ledger(1, "readings", 5000, Map.of(RejectReason.CONFLICT, 5000L)));
        RejectedLimit limit = limit(0.2);
        ledgers.set(0, ledger(1, "readings", 6500, Map.of(RejectReason.CONFLICT, 5001L)));
        assertThat(limit.shouldStop()).isFalse();

        ledgers.set(0, ledger(1, "readings", 6500, Map.of(RejectReason.CONFLICT, 5000L, RejectReason.TOO_OLD, 301L)));
        assertThatThrownBy(limit::throwIfStopped).hasMessageContaining("allows: too-old 301. ");
    }

    @Test
    void theShareIsOfEachSourceOfTheTopic() {
        RejectedLimit limit = limit(0.2);
        ledgers.add(ledger(1, "other", 1000, Map.of(RejectReason.CONFLICT, 1000L)));
        ledgers.add(ledger(2, "readings", 100_000, Map.of()));
        assertThat(limit.shouldStop()).isFalse();

        ledgers.add(ledger(3, "readings", 1000, Map.of(RejectReason.CONFLICT, 500L)));
        assertThat(limit.shouldStop()).isTrue();
    }

    @Test
    void theLimitStaysExceeded() {
        RejectedLimit limit = limit(0.2);
        ledgers.add(ledger(1, "readings", 1000, Map.of(RejectReason.CONFLICT, 300L)));
        assertThat(limit.shouldStop()).isTrue();

        ledgers.set(0, ledger(1, "readings", 100_000, Map.of(RejectReason.CONFLICT, 300L)));
        assertThatThrownBy(limit::throwIfStopped).isInstanceOf(TooManyRejectedException.class);
    }

    @Test
    void anUnavailableStoreIsNoReasonToStop() {
        RejectedLimit limit = limit(0.2);
        ledgers.add(ledger(1, "readings", 1000, Map.of(RejectReason.CONFLICT, 300L)));
        isUnavailable = true;
        assertThat(limit.shouldStop()).isFalse();
        isUnavailable = false;
        assertThat(limit.shouldStop()).isTrue();
    }

    @Test
    void withoutALimitNoLedgersAreRead() {
        isUnavailable = true;
        RejectedLimit off = new RejectedLimit(null, "readings", this::readAll);
        assertThatCode(off::throwIfStopped).doesNotThrowAnyException();
    }

    private RejectedLimit limit(double share) {
        return new RejectedLimit(share, "readings", this::readAll);
    }

    private List<SourceLedger> readAll() {
        if (isUnavailable) {
            throw new TablesException("Cassandra is unavailable", null);
        }
        return List.copyOf(ledgers);
    }

    private static SourceLedger ledger(int source, String topic, long received, Map<RejectReason, Long> rejected) {
        long total = rejected.values().stream().mapToLong(Long::longValue).sum();
        return new SourceLedger(
                source, topic, "id", 7, new Ledger(received - 1, received, received - total, 0, rejected));
    }
}
