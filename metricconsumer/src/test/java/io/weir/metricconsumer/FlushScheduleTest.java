package io.weir.metricconsumer;

import static io.weir.metricconsumer.FlushSchedule.Due.ALL;
import static io.weir.metricconsumer.FlushSchedule.Due.HOURS;
import static io.weir.metricconsumer.FlushSchedule.Due.NOTHING;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FlushScheduleTest {

    @Test
    void hoursAreDueOftenAndAllSeldom() {
        FlushSchedule schedule = started(10, 30);
        schedule.applied();
        assertThat(schedule.next(9)).isEqualTo(NOTHING);
        assertThat(schedule.next(10)).isEqualTo(HOURS);
        schedule.applied();
        assertThat(schedule.next(19)).isEqualTo(NOTHING);
        assertThat(schedule.next(20)).isEqualTo(HOURS);
        schedule.applied();
        assertThat(schedule.next(30)).isEqualTo(ALL);
        schedule.applied();
        assertThat(schedule.next(39)).isEqualTo(NOTHING);
        assertThat(schedule.next(40)).isEqualTo(HOURS);
    }

    @Test
    void nothingIsDueWhereNothingWasApplied() {
        FlushSchedule schedule = started(10, 30);
        assertThat(schedule.next(100)).isEqualTo(NOTHING);
    }

    /** The last hours of a fleet that falls silent are followed by its days and its ledger. */
    @Test
    void whatFollowsTheHoursIsDueThoughNothingMoreComes() {
        FlushSchedule schedule = started(10, 30);
        schedule.applied();
        assertThat(schedule.next(10)).isEqualTo(HOURS);
        assertThat(schedule.next(20)).isEqualTo(NOTHING);
        assertThat(schedule.next(30)).isEqualTo(ALL);
        assertThat(schedule.next(60)).isEqualTo(NOTHING);
    }

    @Test
    void withEqualIntervalsAllIsDue() {
        FlushSchedule schedule = started(10, 10);
        schedule.applied();
        assertThat(schedule.next(10)).isEqualTo(ALL);
    }

    @Test
    void tasksThatStartTogetherWriteAllAtTimesOfTheirOwn() {
        Set<Long> firsts = new HashSet<>();
        for (int task = 0; task < 100; task++) {
            FlushSchedule schedule = new FlushSchedule(Duration.ofNanos(10), Duration.ofNanos(30));
            schedule.start(0, new Random(task));
            schedule.applied();
            long now = 0;
            while (schedule.next(now) != ALL) {
                now++;
            }
            firsts.add(now);
        }
        assertThat(firsts).hasSizeGreaterThan(10).allSatisfy(first -> assertThat(first)
                .isBetween(11L, 30L));
    }

    private static FlushSchedule started(long hours, long all) {
        FlushSchedule schedule = new FlushSchedule(Duration.ofNanos(hours), Duration.ofNanos(all));
        schedule.start(0, () -> 0);
        return schedule;
    }
}
