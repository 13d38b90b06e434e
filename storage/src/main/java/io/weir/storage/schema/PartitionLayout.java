package io.weir.storage.schema;

import io.weir.core.rollup.Window;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Computes the partition of a reading or a rollup in its table, for writers and readers alike. Existing rows were
 * partitioned with the layout at their time, so it must never change while there are rows. Immutable and thread-safe.
 *
 * @param rawBucket the span of a partition of {@code raw_by_device}
 * @param groupShards the number of partitions in {@code raw_by_group} for an hour of one group and metric
 * @param zone the time zone of the windows, and so of the rollups' buckets
 */
public record PartitionLayout(RawBucket rawBucket, int groupShards, ZoneId zone) {

    private static final String RAW_BUCKET = "raw-bucket";
    private static final String GROUP_SHARDS = "group-shards";
    private static final String ZONE = "zone";

    /** The default layout of a pipeline. */
    public static final PartitionLayout DEFAULT = new PartitionLayout(RawBucket.DAY, 4, ZoneId.of("UTC"));

    public PartitionLayout {
        if (groupShards < 1) {
            throw new IllegalArgumentException("group shards must be at least 1, found " + groupShards);
        }
    }

    /**
     * Restores the layout from recorded {@link #settings}; other settings are ignored.
     *
     * @throws IllegalArgumentException if a setting is missing or invalid
     */
    public static PartitionLayout of(Map<String, String> settings) {
        return new PartitionLayout(
                RawBucket.valueOf(setting(settings, RAW_BUCKET)),
                Integer.parseInt(setting(settings, GROUP_SHARDS)),
                ZoneId.of(setting(settings, ZONE)));
    }

    /** Returns the layout as settings to record with the tables. */
    public Map<String, String> settings() {
        return Map.of(RAW_BUCKET, rawBucket.name(), GROUP_SHARDS, Integer.toString(groupShards), ZONE, zone.getId());
    }

    /**
     * Returns {@code bucket} of {@code raw_by_device}: the start of the UTC day or hour of an event time, in
     * milliseconds since the epoch.
     */
    public Instant rawBucketOf(long time) {
        return Instant.ofEpochMilli(floor(time, rawBucket));
    }

    /** Returns the buckets of {@code raw_by_device} for the event times in [from, to), in order. */
    public List<Instant> rawBuckets(long from, long to) {
        return starts(rawBucket, from, to);
    }

    /** Returns {@code hour} of {@code raw_by_group}: the start of the UTC hour of an event time. */
    public Instant hourOf(long time) {
        return Instant.ofEpochMilli(floor(time, RawBucket.HOUR));
    }

    /** Returns the hours of {@code raw_by_group} for the event times in [from, to), in order. */
    public List<Instant> hours(long from, long to) {
        return starts(RawBucket.HOUR, from, to);
    }

    /** Returns {@code shard} of {@code raw_by_group}: from 0 to below the number of group shards. */
    public int shardOf(String device) {
        return shardOf(device, groupShards);
    }

    /** Returns the CRC-32 of the name's UTF-8 bytes modulo the number of shards. */
    public static int shardOf(String name, int shards) {
        if (shards == 1) {
            return 0;
        }
        CRC32 crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        return (int) (crc.getValue() % shards);
    }

    /** Returns {@code bucket} of a window in its rollup table: the month in which it starts, such as 202607. */
    public int rollupBucketOf(Window window) {
        return monthOf(window.start());
    }

    /** Returns the buckets of a rollup table for the windows that start in [from, to), in order. */
    public List<Integer> rollupBuckets(long from, long to) {
        List<Integer> buckets = new ArrayList<>();
        if (from >= to) {
            return buckets;
        }
        int last = monthOf(to - 1);
        for (int month = monthOf(from); month <= last; month = next(month)) {
            buckets.add(month);
        }
        return buckets;
    }

    /**
     * Returns the earliest possible start of a window in a bucket of a rollup table, in milliseconds since the epoch.
     */
    public long startOfRollupBucket(int bucket) {
        return firstDayOf(bucket).atStartOfDay(zone).toInstant().toEpochMilli();
    }

    private static LocalDate firstDayOf(int month) {
        return LocalDate.of(Math.floorDiv(month, 100), Math.floorMod(month, 100), 1);
    }

    private int monthOf(long time) {
        return monthOf(dateOf(time));
    }

    private static int monthOf(LocalDate date) {
        return date.getYear() * 100 + date.getMonthValue();
    }

    private static int next(int month) {
        return monthOf(firstDayOf(month).plusMonths(1));
    }

    /**
     * Returns the local date. If the clock goes back over the midnight at which a month begins, the date stays in the
     * new month, as in {@link io.weir.core.rollup.WindowCalendar}, so that buckets never fall while time rises.
     */
    private LocalDate dateOf(long time) {
        Instant instant = Instant.ofEpochMilli(time);
        LocalDate date = LocalDate.ofInstant(instant, zone);
        LocalDate next = date.plusDays(1);
        boolean hasBegun = next.getDayOfMonth() == 1
                && !next.atStartOfDay(zone).toInstant().isAfter(instant);
        return hasBegun ? next : date;
    }

    private static String setting(Map<String, String> settings, String name) {
        String value = settings.get(name);
        if (value == null) {
            throw new IllegalArgumentException("expected the setting \"" + name + "\" among " + settings.keySet());
        }
        return value;
    }

    private static long floor(long time, RawBucket bucket) {
        return Math.floorDiv(time, bucket.millis()) * bucket.millis();
    }

    private static List<Instant> starts(RawBucket bucket, long from, long to) {
        List<Instant> starts = new ArrayList<>();
        if (from >= to) {
            return starts;
        }
        for (long start = floor(from, bucket); start < to; start += bucket.millis()) {
            starts.add(Instant.ofEpochMilli(start));
        }
        return starts;
    }
}
