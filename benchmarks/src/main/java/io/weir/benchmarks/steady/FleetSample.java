package io.weir.benchmarks.steady;

import io.weir.benchmarks.measured.Verdict;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Rollup;
import io.weir.storage.ReadTables;
import io.weir.storage.raw.RawReading;
import io.weir.storage.read.ScopedMetric;
import io.weir.storage.rollup.SourceRollup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Verifies an evenly spread sample of a fleet's devices: recomputes their readings from the schedule, and compares them
 * with their raw rows and rollups. Unlike a comparison of tables with each other, this detects a reading that is
 * missing in all tables.
 */
final class FleetSample {

    private static final int DEVICES = 200;
    private static final double ROUNDING = 1e-9;
    private static final int LISTED = 2;

    /** The maximum time between the start of a month and a reading in it. */
    private static final long MONTH_MILLIS = Duration.ofDays(32).toMillis();

    private final ReportingFleet fleet;
    private final FleetSchedule schedule;

    FleetSample(ReportingFleet fleet, FleetSchedule schedule) {
        this.fleet = fleet;
        this.schedule = schedule;
    }

    /** The number of series of the whole fleet. */
    int series() {
        return fleet.series();
    }

    /**
     * Returns the result of another check combined with this one.
     *
     * @param records the number of records that the fleet has sent
     */
    Verdict and(Verdict other, ReadTables tables, long records) {
        if (!other.right()) {
            return other;
        }
        int devices = Math.min(DEVICES, fleet.devices());
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < devices; i++) {
            int device = (int) ((long) i * fleet.devices() / devices);
            for (int metric = 0; metric < fleet.metrics(); metric++) {
                check(device, metric, records, tables, wrong);
            }
        }
        return wrong.isEmpty()
                ? Verdict.right(other.found() + "; " + devices + " devices reading by reading", other.rows())
                : Verdict.wrong(
                        String.join("; ", wrong.subList(0, Math.min(LISTED, wrong.size()))) + " (" + wrong.size()
                                + " faults of " + devices + " devices)",
                        other.rows());
    }

    private void check(int device, int metric, long records, ReadTables tables, List<String> wrong) {
        ScopedMetric series =
                ScopedMetric.ofDevice(FleetRecords.deviceName(fleet, device), FleetRecords.metricName(metric));
        SortedMap<Long, Double> sent = sent(device, metric, records);
        long end = schedule.eventTime(records) + 1;
        Map<Long, Double> raw = new TreeMap<>();
        try (Stream<RawReading> rows = tables.raw().read(series, schedule.startMillis(), end)) {
            rows.forEach(row -> raw.put(row.reading().time(), row.reading().value()));
        }
        if (!raw.equals(sent)) {
            wrong.add("raw_by_device has " + raw.size() + " readings of " + series.id() + ", " + series.metric()
                    + ", of which not all are the " + sent.size() + " that were sent");
        }
        for (Resolution resolution : Resolution.values()) {
            checkRollups(series, resolution, sent, schedule.startMillis() - MONTH_MILLIS, end, tables, wrong);
        }
    }

    private static void checkRollups(
            ScopedMetric series,
            Resolution resolution,
            SortedMap<Long, Double> sent,
            long from,
            long end,
            ReadTables tables,
            List<String> wrong) {
        long counted = 0;
        List<SourceRollup> found;
        try (Stream<SourceRollup> rows = tables.rollups().read(series, resolution, from, end)) {
            found = rows.toList();
        }
        for (SourceRollup row : found) {
            Rollup rollup = row.rollup();
            counted += rollup.count();
            Map<Long, Double> within =
                    sent.subMap(row.key().window().start(), row.key().window().end());
            double sum =
                    within.values().stream().mapToDouble(Double::doubleValue).sum();
            double least = within.values().stream()
                    .mapToDouble(Double::doubleValue)
                    .min()
                    .orElse(Double.NaN);
            double most = within.values().stream()
                    .mapToDouble(Double::doubleValue)
                    .max()
                    .orElse(Double.NaN);
            if (rollup.count() != within.size()
                    || Math.abs(rollup.sum() - sum) > ROUNDING * Math.abs(sum)
                    || rollup.min() != least
                    || rollup.max() != most) {
                wrong.add("the rollup " + row.key() + " has count " + rollup.count() + ", sum " + rollup.sum()
                        + ", min " + rollup.min() + ", max " + rollup.max() + ", expected " + within.size() + ", " + sum
                        + ", " + least + ", " + most);
            }
        }
        if (counted != sent.size()) {
            wrong.add("the rollups by " + resolution + " of " + series.id() + ", " + series.metric() + " count "
                    + counted + " readings, expected " + sent.size());
        }
    }

    private SortedMap<Long, Double> sent(int device, int metric, long records) {
        SortedMap<Long, Double> sent = new TreeMap<>();
        for (long record = device; record < records; record += schedule.devices()) {
            int hundredths = FleetRecords.hundredths(device, metric, schedule.roundOf(record));
            sent.put(schedule.eventTime(record), hundredths / 100.0);
        }
        return sent;
    }
}
