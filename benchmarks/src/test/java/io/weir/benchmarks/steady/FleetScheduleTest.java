package io.weir.benchmarks.steady;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FleetScheduleTest {

    private static final long START = 1_764_471_687_123L;

    @Test
    void theNamedFleetsHaveTheirRates() {
        assertThat(ReportingFleet.SITE.schedule(1, START).recordsPerSecond()).isEqualTo(1_000);
        assertThat(ReportingFleet.CITY.schedule(1, START).recordsPerSecond()).isEqualTo(10_000);
        assertThat(ReportingFleet.METERS.schedule(1, START).recordsPerSecond()).isCloseTo(1_667, within(1.0));
        assertThat(ReportingFleet.COUNTRY.schedule(1, START).recordsPerSecond()).isCloseTo(3_333, within(1.0));
    }

    @Test
    void aFactorLetsTheSameDevicesReportMoreOften() {
        FleetSchedule schedule = ReportingFleet.CITY.schedule(2.5, START);

        assertThat(schedule.devices()).isEqualTo(100_000);
        assertThat(schedule.recordsPerSecond()).isCloseTo(25_000, within(1.0));
    }

    @Test
    void devicesAreSpreadEvenlyOverTheirInterval() {
        FleetSchedule schedule = ReportingFleet.CITY.schedule(1, START);

        for (int second = 0; second < 20; second++) {
            long from = schedule.recordsDue(Duration.ofSeconds(second).toNanos());
            long to = schedule.recordsDue(Duration.ofSeconds(second + 1).toNanos());
            assertThat(to - from).isBetween(9_999L, 10_001L);
        }
    }

    @Test
    void eachDeviceReportsOnceInEveryInterval() {
        FleetSchedule schedule = new FleetSchedule(7, 1_000_000_007, START);
        Set<String> seen = new HashSet<>();

        for (long record = 0; record < 70; record++) {
            assertThat(seen.add(schedule.deviceOf(record) + " " + schedule.roundOf(record)))
                    .isTrue();
            assertThat(schedule.dueNanos(record + 7) - schedule.dueNanos(record))
                    .isEqualTo(1_000_000_007);
            assertThat(schedule.eventTime(record + 7)).isGreaterThan(schedule.eventTime(record));
        }
        assertThat(schedule.eventTime(0)).isEqualTo(START);
    }

    @Test
    void aRecordIsDueAtItsTime() {
        for (FleetSchedule schedule : new FleetSchedule[] {
            new FleetSchedule(7, 1_000_000_007, START),
            new FleetSchedule(1_000, 2_000_000, START),
            ReportingFleet.COUNTRY.schedule(0.9, START)
        }) {
            for (long record = 0; record < 5_000; record++) {
                long due = schedule.dueNanos(record);
                assertThat(schedule.recordsDue(due)).isGreaterThan(record);
                assertThat(schedule.recordsDue(due - 1)).isLessThanOrEqualTo(record);
            }
        }
    }

    @Test
    void nothingIsDueBeforeTheBeginning() {
        FleetSchedule schedule = ReportingFleet.SITE.schedule(1, START);

        assertThat(schedule.recordsDue(-1)).isZero();
        assertThat(schedule.recordsDue(0)).isEqualTo(1);
        assertThat(schedule.recordsIn(Duration.ofSeconds(30))).isEqualTo(30_000);
    }

    @Test
    void theLargestFleetIsCountedForADayWithoutAnOverflow() {
        FleetSchedule schedule = ReportingFleet.COUNTRY.schedule(1, START);

        assertThat(schedule.recordsIn(Duration.ofDays(1))).isEqualTo(288_000_000);
    }

    @Test
    void twoReadingsOfADeviceInAMillisecondAreRefused() {
        assertThatThrownBy(() -> ReportingFleet.SITE.schedule(501, START))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 ms");
        assertThat(ReportingFleet.SITE.schedule(500, START).intervalNanos()).isEqualTo(2_000_000);
    }
}
