package io.weir.metricconsumer.executor;

import static io.weir.metricconsumer.executor.FlushSchedule.NOTHING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RealTimeScheduleTest {

    /** A share refers to the remaining rows: a third of all, half of the rest, and all of the last third. */
    @Test
    void aFlushHasEqualParts() {
        FlushSchedule schedule = started(10, 30);
        schedule.onApplied(0);
        assertThat(schedule.nextShare(9)).isEqualTo(NOTHING);
        assertThat(schedule.nextShare(10)).isEqualTo(1.0 / 3, within(1e-9));
        assertThat(schedule.nextShare(19)).isEqualTo(NOTHING);
        assertThat(schedule.nextShare(20)).isEqualTo(1.0 / 2, within(1e-9));
        assertThat(schedule.nextShare(30)).isEqualTo(1);
        assertThat(schedule.nextShare(39)).isEqualTo(NOTHING);
        assertThat(schedule.nextShare(40)).isEqualTo(1.0 / 3, within(1e-9));
    }

    @Test
    void aDelayedPartIsLarger() {
        FlushSchedule schedule = started(10, 40);
        schedule.onApplied(0);
        assertThat(schedule.nextShare(10)).isEqualTo(1.0 / 4, within(1e-9));
        assertThat(schedule.nextShare(30)).isEqualTo(2.0 / 3, within(1e-9));
        assertThat(schedule.nextShare(90)).isEqualTo(1);
    }

    @Test
    void noPartIsDueWithoutRecords() {
        FlushSchedule schedule = started(10, 30);
        assertThat(schedule.nextShare(100)).isEqualTo(NOTHING);
    }

    /**
     * The last records before an idle time may have come after the first part of a flush: the next flush covers them.
     */
    @Test
    void recordsAppliedDuringAFlushAreCoveredByTheNext() {
        FlushSchedule schedule = started(10, 20);
        schedule.onApplied(0);
        schedule.nextShare(10);
        schedule.onApplied(0);
        List<Double> shares = new ArrayList<>();
        for (int now = 20; now < 100; now += 10) {
            shares.add(schedule.nextShare(now));
        }
        assertThat(shares).containsExactly(1.0, 0.5, 1.0, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING);
    }

    /** The ledger is then flushed at once, too. */
    @Test
    void aRecordAfterALongIdleTimeIsFlushedAtOnce() {
        FlushSchedule schedule = started(10, 30);
        schedule.onApplied(0);
        assertThat(schedule.nextShare(100)).isEqualTo(1);
    }

    @Test
    void withEqualIntervalsAFlushHasOnePart() {
        FlushSchedule schedule = started(10, 10);
        schedule.onApplied(0);
        assertThat(schedule.nextShare(9)).isEqualTo(NOTHING);
        assertThat(schedule.nextShare(10)).isEqualTo(1);
    }

    @Test
    void tasksThatStartTogetherFlushAtDifferentTimes() {
        Set<Long> firstParts = new HashSet<>();
        Set<Long> firstFlushes = new HashSet<>();
        for (int task = 0; task < 100; task++) {
            RealTimeSchedule schedule = new RealTimeSchedule(Duration.ofNanos(10), Duration.ofNanos(30));
            schedule.start(0, new Random(task));
            schedule.onApplied(0);
            long now = 1;
            while (schedule.nextShare(now) == NOTHING) {
                now++;
            }
            firstParts.add(now);
            while (schedule.nextShare(now) != 1) {
                now++;
            }
            firstFlushes.add(now);
        }
        assertThat(firstParts).hasSize(10).allSatisfy(part -> assertThat(part).isBetween(1L, 10L));
        assertThat(firstFlushes).hasSizeGreaterThan(10).allSatisfy(flush -> assertThat(flush)
                .isBetween(11L, 30L));
    }

    private static RealTimeSchedule started(long betweenParts, long betweenFlushes) {
        RealTimeSchedule schedule =
                new RealTimeSchedule(Duration.ofNanos(betweenParts), Duration.ofNanos(betweenFlushes));
        schedule.start(0, () -> 0);
        return schedule;
    }
}
