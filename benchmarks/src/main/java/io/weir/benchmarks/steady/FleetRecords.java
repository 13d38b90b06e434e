package io.weir.benchmarks.steady;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Creates the records of a fleet. They are deterministic and of the same length, so that each is made by changing
 * digits of the previous one. Not thread-safe.
 */
final class FleetRecords {

    private static final int DEVICE_DIGITS = 7;
    private static final int GROUP_DIGITS = 4;
    private static final String VALUE = "77.77"; // unique in the template
    private static final int CENTS_AT = 3;
    private static final String TIME = "2000-01-01T00:00:00.000Z";
    private static final int MILLI_DIGITS = 3;

    private final ReportingFleet fleet;
    private final FleetSchedule schedule;
    private final byte[] key;
    private final byte[] value;
    private final int deviceAt;
    private final int groupAt;
    private final int timeAt;
    private final int[] valuesAt;
    private long second = Long.MIN_VALUE;

    FleetRecords(ReportingFleet fleet, FleetSchedule schedule) {
        this.fleet = fleet;
        this.schedule = schedule;
        key = deviceName(fleet, 0).getBytes(US_ASCII);
        String record = template(fleet);
        value = record.getBytes(US_ASCII);
        deviceAt = record.indexOf(deviceName(fleet, 0)) + key.length - DEVICE_DIGITS;
        groupAt = record.indexOf(groupName(fleet, 0)) + groupName(fleet, 0).length() - GROUP_DIGITS;
        timeAt = record.indexOf(TIME);
        int first = record.indexOf(VALUE);
        int apart = fleet.metrics() == 1 ? 0 : record.indexOf(VALUE, first + 1) - first;
        valuesAt = IntStream.range(0, fleet.metrics())
                .map(metric -> first + metric * apart)
                .toArray();
    }

    private static String template(ReportingFleet fleet) {
        String head = "{\"device\":\"" + deviceName(fleet, 0) + "\",\"group\":\"" + groupName(fleet, 0)
                + "\",\"time\":\"" + TIME + "\",";
        return fleet.metrics() == 1
                ? head + "\"metric\":\"" + metricName(0) + "\",\"value\":" + VALUE + "}"
                : head
                        + IntStream.range(0, fleet.metrics())
                                .mapToObj(metric -> "\"" + metricName(metric) + "\":" + VALUE)
                                .collect(Collectors.joining(",", "\"values\":{", "}}"));
    }

    static String deviceName(ReportingFleet fleet, int device) {
        return fleet.label() + "-d" + padded(device, DEVICE_DIGITS);
    }

    static String groupName(ReportingFleet fleet, int group) {
        return fleet.label() + "-g" + padded(group, GROUP_DIGITS);
    }

    static String metricName(int metric) {
        return "m" + metric;
    }

    /** Returns the value of one of its readings in hundredths, from 10.00 to 99.99. */
    static int hundredths(int device, int metric, long round) {
        int level = 1000 + (device % 80 + metric * 7) % 80 * 100; // the usual level of the device
        long mixed = (device * 31L + metric) * 0x9E3779B97F4A7C15L + round * 0xC2B2AE3D27D4EB4FL;
        return level + (int) ((mixed >>> 33) % 1000);
    }

    byte[] key(long record) {
        put(key, key.length - DEVICE_DIGITS, DEVICE_DIGITS, schedule.deviceOf(record));
        return key.clone();
    }

    byte[] value(long record) {
        int device = schedule.deviceOf(record);
        put(value, deviceAt, DEVICE_DIGITS, device);
        put(value, groupAt, GROUP_DIGITS, device % fleet.groups());
        putTime(schedule.eventTime(record));
        for (int metric = 0; metric < valuesAt.length; metric++) {
            int hundredths = hundredths(device, metric, schedule.roundOf(record));
            put(value, valuesAt[metric], 2, hundredths / 100);
            put(value, valuesAt[metric] + CENTS_AT, 2, hundredths % 100);
        }
        return value.clone();
    }

    private void putTime(long millis) {
        long now = Math.floorDiv(millis, 1000);
        if (now != second) {
            byte[] text = Instant.ofEpochSecond(now).toString().getBytes(US_ASCII); // without a fraction
            System.arraycopy(text, 0, value, timeAt, text.length - 1);
            second = now;
        }
        put(value, timeAt + TIME.length() - 1 - MILLI_DIGITS, MILLI_DIGITS, Math.floorMod(millis, 1000));
    }

    private static void put(byte[] into, int at, int digits, int number) {
        int rest = number;
        for (int i = at + digits - 1; i >= at; i--) {
            into[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private static String padded(int number, int digits) {
        byte[] text = new byte[digits];
        Arrays.fill(text, (byte) '0');
        put(text, 0, digits, number);
        return new String(text, US_ASCII);
    }
}
