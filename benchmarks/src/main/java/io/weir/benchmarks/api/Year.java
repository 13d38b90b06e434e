package io.weir.benchmarks.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.metricproducer.RecordSink;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A deterministic year of readings: devices in two groups, each of which measures one metric at a fixed interval.
 *
 * @param end the day after its last day
 * @param devices at least one for each group
 * @param every the interval between two readings of a device; must divide a day
 */
public record Year(LocalDate end, int devices, Duration every) {

    static final int DAYS = 365;
    static final String METRIC = "temperature";

    private static final int GROUPS = 2;
    private static final long SEED = 1;

    /**
     * @throws IllegalArgumentException naming what was found and what was expected
     */
    public Year {
        if (devices < GROUPS) {
            throw new IllegalArgumentException("found " + devices + " devices; expected at least " + GROUPS);
        }
        if (every.toMillis() < 1 || Duration.ofDays(1).toMillis() % every.toMillis() != 0) {
            throw new IllegalArgumentException(
                    "found a reading every " + every.toMinutes() + " minutes; expected an interval that divides a day");
        }
    }

    public long readings() {
        return devices * (Duration.ofDays(DAYS).toMillis() / every.toMillis());
    }

    Instant from() {
        return end.minusDays(DAYS).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    Instant to() {
        return end.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    List<String> deviceNames() {
        return IntStream.range(0, devices).mapToObj(Year::device).toList();
    }

    List<String> groupNames() {
        return IntStream.range(0, GROUPS).mapToObj(Year::group).toList();
    }

    /** Sends all readings in order of time. Devices take turns within the interval. */
    void sendTo(RecordSink sink) {
        SplittableRandom random = new SplittableRandom(SEED);
        long interval = every.toMillis();
        for (long time = from().toEpochMilli(); time < to().toEpochMilli(); time += interval) {
            for (int i = 0; i < devices; i++) {
                String device = device(i);
                String json = "{\"device\":\"" + device + "\",\"group\":\"" + group(i % GROUPS) + "\",\"metric\":\""
                        + METRIC + "\",\"time\":" + (time + i * interval / devices) + ",\"value\":"
                        + random.nextInt(1500, 3500) / 100.0 + "}";
                sink.send(device.getBytes(UTF_8), json.getBytes(UTF_8));
            }
        }
        sink.flush();
    }

    private static String device(int i) {
        return "device-" + i;
    }

    private static String group(int i) {
        return "group-" + i;
    }
}
