package io.weir.benchmarks.steady;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.reading.JsonReadingDecoder;
import io.weir.core.reading.Reading;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FleetRecordsTest {

    /** A second before midnight, so that all digits of the time change. */
    private static final long START = 1_767_225_599_000L;

    private final JsonReadingDecoder decoder = new JsonReadingDecoder();

    @ParameterizedTest
    @EnumSource
    void aRecordHasOneReadingOfEveryMetricOfItsDevice(ReportingFleet fleet) {
        FleetSchedule schedule = fleet.schedule(1, START);
        FleetRecords records = new FleetRecords(fleet, schedule);
        long rounds = 3L * fleet.devices();

        for (long record = 0; record < rounds; record += fleet.devices() / 997 + 1) {
            int device = schedule.deviceOf(record);
            List<Reading> expected = new ArrayList<>();
            for (int metric = 0; metric < fleet.metrics(); metric++) {
                expected.add(new Reading(
                        FleetRecords.deviceName(fleet, device),
                        FleetRecords.groupName(fleet, device % fleet.groups()),
                        FleetRecords.metricName(metric),
                        schedule.eventTime(record),
                        FleetRecords.hundredths(device, metric, schedule.roundOf(record)) / 100.0));
            }
            assertThat(new String(records.key(record), UTF_8)).isEqualTo(FleetRecords.deviceName(fleet, device));
            assertThat(decoder.decode(records.value(record))).isEqualTo(expected);
        }
    }

    @Test
    void aRecordIsUnchangedByTheNext() {
        FleetRecords records = new FleetRecords(ReportingFleet.SITE, ReportingFleet.SITE.schedule(1, START));
        byte[] first = records.value(0);
        byte[] copy = first.clone();

        records.value(1);

        assertThat(first).isEqualTo(copy);
    }

    @Test
    void valuesOfADeviceDiffer() {
        assertThat(java.util.stream.LongStream.range(0, 100)
                        .map(round -> FleetRecords.hundredths(5, 0, round))
                        .distinct()
                        .count())
                .isGreaterThan(50);
    }
}
