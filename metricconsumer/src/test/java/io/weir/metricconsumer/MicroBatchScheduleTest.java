package io.weir.metricconsumer;

import static io.weir.metricconsumer.FlushSchedule.NOTHING;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MicroBatchScheduleTest {

    private final MicroBatchSchedule schedule = new MicroBatchSchedule(Duration.ofNanos(1000), Duration.ofNanos(300));

    @Test
    void theFirstRecordsAreFlushedAtOnce() {
        assertThat(schedule.next(0)).isEqualTo(NOTHING);
        schedule.applied(1);
        assertThat(schedule.next(1)).isEqualTo(1);
        assertThat(schedule.next(2)).isEqualTo(NOTHING);
    }

    @Test
    void aRestIsFourTimesAsLongAsTheFlushBefore() {
        flush(100, 150);
        schedule.applied(160);
        assertThat(schedule.next(349)).isEqualTo(NOTHING);
        assertThat(schedule.next(350)).isEqualTo(1);
    }

    @Test
    void aRestHasALongestTime() {
        flush(0, 5_000);
        for (long now = 5_000; now < 6_000; now += 100) {
            schedule.applied(now);
            assertThat(schedule.next(now)).isEqualTo(NOTHING);
        }
        assertThat(schedule.next(6_000)).isEqualTo(1);
    }

    @Test
    void nothingIsWaitedForWhenNoRecordsCome() {
        flush(0, 5_000);
        schedule.applied(5_100);
        assertThat(schedule.next(5_399)).isEqualTo(NOTHING);
        assertThat(schedule.next(5_400)).isEqualTo(1);
    }

    @Test
    void nothingIsDueWhereNothingWasApplied() {
        flush(0, 50);
        assertThat(schedule.next(100_000)).isEqualTo(NOTHING);
    }

    private void flush(long began, long ended) {
        schedule.applied(began);
        assertThat(schedule.next(began)).isEqualTo(1);
        schedule.ended(ended);
    }
}
