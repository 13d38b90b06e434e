package io.weir.metricproducer.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {

    private static final long NOW = 1_774_744_200_125L;

    @ParameterizedTest
    @CsvSource({
        "1, 0, 1",
        "1, 0, 1000000",
        "1, 0, 40000000000",
        "1, 5000, 10000",
        "1, 1499.9, 0",
        "1, 1500, 10000",
        "7, 333.333, 10000",
        "7, 0.1, 10000",
        "1000, 0, 10000000",
        "1, 0, 0",
        "3, 100000, 0"
    })
    void eventTimesOfASeriesRiseAndLieInThePast(int devices, double rate, long readings) {
        SimulationSettings settings = new SimulationSettings(devices, 1, rate, readings, Mix.CLEAN, 1);
        Schedule schedule = Schedule.of(settings, NOW);
        long last = readings == 0 ? 1_000_000_000 : readings - 1;
        for (long around = 0; around <= last; around = around * 2 + 1) {
            for (long number = around; number < Math.min(around + 100, last); number++) {
                assertThat(schedule.eventTime(number + settings.series())).isGreaterThan(schedule.eventTime(number));
                assertThat(schedule.dueAt(number)).isGreaterThanOrEqualTo(schedule.eventTime(number));
            }
        }
        if (readings > 0 && rate == 0) {
            assertThat(schedule.eventTime(last)).isLessThanOrEqualTo(NOW);
        }
        assertThat(schedule.start()).isBetween(NOW - Duration.ofDays(366).toMillis(), NOW);
    }
}
