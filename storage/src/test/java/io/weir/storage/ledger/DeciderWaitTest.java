package io.weir.storage.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weir.core.fold.port.TablesException;
import io.weir.storage.source.SourceId;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class DeciderWaitTest {

    private static final SourceId SOURCE = new SourceId(7, "readings", "id", 3);

    @Test
    void returnsAtOnceIfTheOffsetIsDecided() {
        assertThat(waiting(Duration.ZERO, 90L).until(50)).isEqualTo(90);
    }

    @Test
    void waitsWhileTheLedgerMakesProgress() {
        assertThat(waiting(Duration.ofSeconds(30), 10L, 10L, 20L, 50L).until(50))
                .isEqualTo(50);
    }

    @Test
    void givesUpWithoutProgress() {
        assertThatExceptionOfType(TablesException.class)
                .isThrownBy(() -> waiting(Duration.ZERO, 10L, 10L).until(50))
                .withMessage(
                        "the query hour_by_group has waited for 0 s for offset 50 of source 7 (readings partition 3)"
                                + " to be decided, but the query raw_by_device stays at 10: see whether that query"
                                + " fails, or give Spark a slot for each of the 8 queries and each partition");
    }

    @Test
    void interruptEndsTheWait() {
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(TablesException.class)
                .isThrownBy(() -> waiting(Duration.ofSeconds(30), 10L).until(50))
                .withMessageContaining("was interrupted while it waited");
        assertThat(Thread.interrupted()).isTrue();
    }

    /** Creates a wait that reads these ledgers in order. */
    private static DeciderWait waiting(Duration timeout, Long... found) {
        Iterator<Long> ledger = List.of(found).iterator();
        LongSupplier read = ledger::next;
        return new DeciderWait("hour_by_group", SOURCE, read, timeout);
    }
}
