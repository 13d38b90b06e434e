package io.weir.query.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.reading.Reading;
import io.weir.query.ListedTables;
import io.weir.storage.raw.RawReading;
import io.weir.storage.rollup.MetricActivity;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeviceActivityQueryTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant NOW = Instant.parse("2026-04-02T12:00:00Z");

    private final List<RawReading> readings = new ArrayList<>();

    @Test
    void theNewestReadingOfEachMetricIsFoundInWhateverSource() {
        add("d", "heat", "2026-03-31T22:00:00Z", 1, 0);
        add("d", "heat", "2026-04-02T11:00:00Z", 2, 1);
        add("d", "heat", "2026-04-02T10:00:00Z", 3, 0);
        add("d", "flow", "2026-03-05T00:00:00Z", 4, 0);

        DeviceActivity found = ask("d").get(0);

        assertThat(found.metrics()).extracting(MetricActivity::metric).containsExactly("flow", "heat");
        assertThat(found.metrics()).extracting(MetricActivity::lastValue).containsExactly(4.0, 2.0);
        assertThat(found.lastSeen()).isEqualTo(millis("2026-04-02T11:00:00Z"));
    }

    /** An outage earlier in the month does not make the device look slow. */
    @Test
    void theUsualIntervalIsThatOfTheLastDay() {
        add("d", "heat", "2026-04-01T00:00:00Z", 0, 0);
        every("d", "2026-04-02T09:00:00Z", Duration.ofSeconds(20), 90);
        assertThat(ask("d").get(0).usualInterval()).isEqualTo(20_000);
    }

    /** In Berlin, the day begins at 22:00Z. */
    @Test
    void aDayThatHasJustBegunSaysNothingYet() {
        every("d", "2026-03-31T21:00:00Z", Duration.ofMinutes(1), 60);
        add("d", "heat", "2026-03-31T22:30:00Z", 0, 1);
        assertThat(ask("d").get(0).usualInterval()).isEqualTo(60_000);
    }

    @Test
    void aDeviceThatReportsOnceADayHasTheIntervalOfItsMonths() {
        every("d", "2026-03-20T06:00:00Z", Duration.ofDays(1), 14);
        assertThat(ask("d").get(0).usualInterval()).isEqualTo(Duration.ofDays(1).toMillis());
    }

    @Test
    void oneReadingHasNoInterval() {
        add("d", "heat", "2026-04-02T11:00:00Z", 2, 1);
        assertThat(ask("d").get(0).usualInterval()).isNull();
    }

    @Test
    void aDeviceThatHasBeenSilentForYearsIsFoundToo() {
        every("old", "2019-05-01T00:00:00Z", Duration.ofMinutes(10), 10);
        add("new", "heat", "2026-04-02T11:00:00Z", 2, 1);

        List<DeviceActivity> found = ask("new", "none", "old");

        assertThat(found).extracting(DeviceActivity::device).containsExactly("new", "none", "old");
        assertThat(found.get(1).lastSeen()).isNull();
        assertThat(found.get(2).lastSeen()).isEqualTo(millis("2019-05-01T01:30:00Z"));
        assertThat(found.get(2).usualInterval()).isEqualTo(600_000);
    }

    @Test
    void manyDevicesComeInTheirOrder() {
        List<String> devices =
                IntStream.range(0, 150).mapToObj(i -> "d" + (149 - i)).toList();
        devices.forEach(device -> add(device, "heat", "2026-04-02T11:00:00Z", 1, 0));
        assertThat(ask(devices.toArray(String[]::new)))
                .extracting(DeviceActivity::device)
                .containsExactlyElementsOf(devices);
    }

    @Test
    void aDeviceWithVeryManyMetricsShowsTheFirst() {
        for (int i = 0; i < 1200; i++) {
            add("d", String.format("m%04d", i), "2026-04-02T11:00:00Z", i, 0);
        }
        List<MetricActivity> metrics = ask("d").get(0).metrics();
        assertThat(metrics).hasSize(1000);
        assertThat(metrics.get(999).metric()).isEqualTo("m0999");
    }

    private List<DeviceActivity> ask(String... devices) {
        return new DeviceActivityQuery(ListedTables.of(BERLIN, readings), BERLIN).of(List.of(devices), NOW);
    }

    private void every(String device, String first, Duration interval, int count) {
        for (int i = 0; i < count; i++) {
            String time = Instant.parse(first).plus(interval.multipliedBy(i)).toString();
            add(device, "heat", time, i, i % 2);
        }
    }

    private void add(String device, String metric, String time, double value, int source) {
        Reading reading = new Reading(device, "plant", metric, millis(time), value);
        readings.add(new RawReading(reading, source, readings.size()));
    }

    private static long millis(String time) {
        return Instant.parse(time).toEpochMilli();
    }
}
