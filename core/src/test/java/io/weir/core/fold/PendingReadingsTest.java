package io.weir.core.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.reading.Reading;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When it waits and what it forgets. That look-ups see every write under way, the simulation shows. */
class PendingReadingsTest {

    private static final long LIMIT = 3 * HeapBytes.of(reading(1));

    private final PendingReadings pending = new PendingReadings(LIMIT);

    @Test
    void forgetsWhatIsDurableWithoutWaiting() {
        Write first = write(1);
        Write second = write(2);
        first.durable = true;
        pending.settle();
        assertThat(pending.find(reading(1).key())).isNull();
        assertThat(pending.find(reading(2).key())).isEqualTo(0.5);
        assertThat(second.awaited).isFalse();
    }

    @Test
    void waitsForTheOldestWhileMoreThanTheLimitIsUnderWay() {
        Write first = write(1, 2);
        Write second = write(3);
        Write third = write(4);
        pending.settle();
        assertThat(first.awaited).isTrue();
        assertThat(second.awaited).isFalse();
        assertThat(third.awaited).isFalse();
    }

    @Test
    void waitsForNothingAtTheLimit() {
        Write first = write(1, 2, 3);
        pending.settle();
        assertThat(first.awaited).isFalse();
        assertThat(pending.find(reading(3).key())).isNotNull();
    }

    @Test
    void saysWhetherAnythingIsUnderWayWithoutWaitingOrForgetting() {
        assertThat(pending.areUnderWay()).isFalse();
        Write first = write(1);
        Write second = write(2);
        second.durable = true;
        assertThat(pending.areUnderWay()).isTrue();
        first.durable = true;
        assertThat(pending.areUnderWay()).isFalse();
        assertThat(first.awaited).isFalse();
        assertThat(pending.find(reading(1).key())).isEqualTo(0.5);
    }

    @Test
    void awaitAllLeavesNothing() {
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
            pending.decided(stored);
        }
        Write write = new Write();
        pending.writing(readings, write);
        return write;
    }

    private static Reading reading(int time) {
        return new Reading("d", "g", "m", time, 0.5);
    }

    /** A write that becomes durable when it is told to, or waited for. */
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
