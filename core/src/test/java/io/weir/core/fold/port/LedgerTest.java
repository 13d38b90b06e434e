package io.weir.core.fold.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.reading.RejectReason;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgerTest {

    @Test
    void theEmptyLedgerEndsBeforeTheFirstRecord() {
        assertThat(Ledger.EMPTY.throughOffset()).isEqualTo(Ledger.NOTHING).isEqualTo(-1);
        assertThat(Ledger.EMPTY.rejectedTotal()).isZero();
        assertThat(Ledger.EMPTY.balances()).isTrue();
    }

    @Test
    void balancesIfEveryReadingIsStoredDuplicateOrRejected() {
        Map<RejectReason, Long> rejected = Map.of(RejectReason.CONFLICT, 2L, RejectReason.MALFORMED, 3L);
        assertThat(new Ledger(9, 17, 8, 4, rejected).rejectedTotal()).isEqualTo(5);
        assertThat(new Ledger(9, 17, 8, 4, rejected).balances()).isTrue();
        assertThat(new Ledger(9, 18, 8, 4, rejected).balances()).isFalse();
        assertThat(new Ledger(9, 17, 9, 4, rejected).balances()).isFalse();
        assertThat(new Ledger(9, 17, 8, 3, rejected).balances()).isFalse();
        assertThat(new Ledger(9, 17, 8, 4, Map.of(RejectReason.CONFLICT, 2L)).balances())
                .isFalse();
    }

    @Test
    void copiesTheCountsOfRejectedReadings() {
        Map<RejectReason, Long> rejected = new HashMap<>(Map.of(RejectReason.CONFLICT, 2L));
        Ledger ledger = new Ledger(9, 2, 0, 0, rejected);
        rejected.put(RejectReason.CONFLICT, 3L);
        assertThat(ledger.rejected()).containsExactly(Map.entry(RejectReason.CONFLICT, 2L));
    }
}
