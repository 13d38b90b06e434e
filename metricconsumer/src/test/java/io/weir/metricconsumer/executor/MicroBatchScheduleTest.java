package io.weir.metricconsumer.executor;

import static io.weir.metricconsumer.executor.FlushSchedule.NOTHING;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MicroBatchScheduleTest {

    private final MicroBatchSchedule schedule = new MicroBatchSchedule(Duration.ofNanos(1000), Duration.ofNanos(300));

    @Test
    void theFirstRecordsAreFlushedAtOnce() {
        assertThat(schedule.nextShare(0)).isEqualTo(NOTHING);
        schedule.onApplied(1);
        assertThat(schedule.nextShare(1)).isEqualTo(1);
        assertThat(schedule.nextShare(2)).isEqualTo(NOTHING);
    }

    @Test
    void thePauseIsFourTimesAsLongAsTheFlushBefore() {
        flush(100, 150);
        schedule.onApplied(160);
        assertThat(schedule.nextShare(349)).isEqualTo(NOTHING);
        assertThat(schedule.nextShare(350)).isEqualTo(1);
    }

    @Test
    void thePauseHasAMaximum() {
        flush(0, 5_000);
        for (long now = 5_000; now < 6_000; now += 100) {
            schedule.onApplied(now);
            assertThat(schedule.nextShare(now)).isEqualTo(NOTHING);
        }
        assertThat(schedule.nextShare(6_000)).isEqualTo(1);
    }

    @Test
    void anIdleSourceIsFlushedAtOnce() {
        flush(0, 5_000);
        schedule.onApplied(5_100);
        assertThat(schedule.nextShare(5_399)).isEqualTo(NOTHING);
        assertThat(schedule.nextShare(5_400)).isEqualTo(1);
    }

    @Test
    void noFlushIsDueWithoutRecords() {
        flush(0, 50);
        assertThat(schedule.nextShare(100_000)).isEqualTo(NOTHING);
    }

    private void flush(long began, long ended) {
        schedule.onApplied(began);
        assertThat(schedule.nextShare(began)).isEqualTo(1);
        schedule.onFlushEnded(ended);
    }
}
