package io.weir.core.fold.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.fold.port.PendingWrite;
import io.weir.core.fold.port.StoredReading;
import io.weir.core.fold.rollup.HeapBytes;
import io.weir.core.reading.Reading;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests when readings are removed and awaited. The simulation shows that look-ups see every write in flight. */
class PendingReadingsTest {

    private static final long LIMIT = 3 * HeapBytes.of(reading(1));

    private final PendingReadings pending = new PendingReadings(LIMIT);

    @Test
    void removesDurableReadingsWithoutWaiting() {
        Write first = write(1);
        Write second = write(2);
        first.durable = true;
        pending.removeDurable();
        assertThat(pending.find(reading(1).key())).isNull();
        assertThat(pending.find(reading(2).key())).isEqualTo(0.5);
        assertThat(second.awaited).isFalse();
    }

    @Test
    void waitsForTheOldestWriteAboveTheLimit() {
        Write first = write(1, 2);
        Write second = write(3);
        Write third = write(4);
        pending.removeDurable();
        assertThat(first.awaited).isTrue();
        assertThat(second.awaited).isFalse();
        assertThat(third.awaited).isFalse();
    }

    @Test
    void doesNotWaitAtTheLimit() {
        Write first = write(1, 2, 3);
        pending.removeDurable();
        assertThat(first.awaited).isFalse();
        assertThat(pending.find(reading(3).key())).isNotNull();
    }

    @Test
    void reportsWritesInFlightWithoutWaitingOrRemoving() {
        assertThat(pending.hasInFlight()).isFalse();
        Write first = write(1);
        Write second = write(2);
        second.durable = true;
        assertThat(pending.hasInFlight()).isTrue();
        first.durable = true;
        assertThat(pending.hasInFlight()).isFalse();
        assertThat(first.awaited).isFalse();
        assertThat(pending.find(reading(1).key())).isEqualTo(0.5);
    }

    @Test
    void awaitAllRemovesEverything() {
        List<Write> writes = List.of(write(1), write(2));
        pending.awaitAll();
        assertThat(writes).allMatch(write -> write.awaited);
        assertThat(pending.find(reading(1).key())).isNull();
        assertThat(pending.find(reading(2).key())).isNull();
    }

    private Write write(int... offsets) {
        List<StoredReading> readings = new ArrayList<>();
        for (int offset : offsets) {
            StoredReading stored = new StoredReading(reading(offset), offset, 0);
            readings.add(stored);
            pending.add(stored);
        }
        Write write = new Write();
        pending.addWrite(readings, write);
        return write;
    }

    private static Reading reading(int time) {
        return new Reading("d", "g", "m", time, 0.5);
    }

    /** A write that becomes durable when the test says so, or when it is awaited. */
    private static final class Write implements PendingWrite {

        private boolean durable;
        private boolean awaited;

        @Override
        public boolean isDurable() {
            return durable;
        }

        @Override
        public void await() {
            awaited = true;
            durable = true;
        }
    }
}
