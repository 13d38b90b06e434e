package io.weir.storage;

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
 * Says which partition of a table holds a reading or a rollup: writers put rows there, readers look there. Rows that
 * exist were cut by the layout they were written with, so it never changes under them. Thread-safe.
 *
 * @param rawBucket span of a partition of {@code raw_by_device}
 * @param groupShards number of partitions that an hour of one group and metric is spread over in {@code raw_by_group}
 * @param zone whose calendar cuts the windows, and so the buckets of the rollups
 */
public record PartitionLayout(RawBucket rawBucket, int groupShards, ZoneId zone) {

    private static final String RAW_BUCKET = "raw-bucket";
    private static final String GROUP_SHARDS = "group-shards";
    private static final String ZONE = "zone";

    /** The layout of a pipeline that was configured no other. */
    public static final PartitionLayout DEFAULT = new PartitionLayout(RawBucket.DAY, 4, ZoneId.of("UTC"));

    public PartitionLayout {
        if (groupShards < 1) {
            throw new IllegalArgumentException("group shards must be at least 1, found " + groupShards);
        }
    }

    /** Reads the layout back from what {@link #settings} returned; other settings may be among it. */
    public static PartitionLayout of(Map<String, String> settings) {
        return new PartitionLayout(
                RawBucket.valueOf(setting(settings, RAW_BUCKET)),
                Integer.parseInt(setting(settings, GROUP_SHARDS)),
                ZoneId.of(setting(settings, ZONE)));
    }

    /** Returns the layout as settings to be recorded with the tables. */
    public Map<String, String> settings() {
        return Map.of(RAW_BUCKET, rawBucket.name(), GROUP_SHARDS, Integer.toString(groupShards), ZONE, zone.getId());
    }

    /** Returns {@code bucket} of {@code raw_by_device}: the start of the UTC day or hour that holds the event time. */
    public Instant rawBucketOf(long time) {
        return Instant.ofEpochMilli(floor(time, rawBucket));
    }

    /** Returns the buckets of {@code raw_by_device} that hold the event times in [from, to), in order. */
    public List<Instant> rawBuckets(long from, long to) {
        return starts(rawBucket, from, to);
    }

    /** Returns {@code hour} of {@code raw_by_group}: the start of the UTC hour that holds the event time. */
    public Instant hourOf(long time) {
        return Instant.ofEpochMilli(floor(time, RawBucket.HOUR));
    }

    /** Returns the hours of {@code raw_by_group} that hold the event times in [from, to), in order. */
    public List<Instant> hours(long from, long to) {
        return starts(RawBucket.HOUR, from, to);
    }

    /** Returns {@code shard} of {@code raw_by_group}, from 0 to below the number of group shards. */
    public int shardOf(String device) {
        return shardOf(device, groupShards);
    }

    /** Returns the CRC-32 of the name's UTF-8 bytes modulo the number of shards. */
    static int shardOf(String name, int shards) {
        if (shards == 1) {
            return 0;
        }
        CRC32 crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        return (int) (crc.getValue() % shards);
    }

    /** Returns {@code bucket} of the window in its rollup table: the month that it starts in, such as 202607. */
    public int rollupBucketOf(Window window) {
        return monthOf(window.start());
    }

    /** Returns the buckets of a rollup table that hold the windows which start in [from, to), in order. */
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

    /** Returns the first time that a window in a bucket of a rollup table may start at. */
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
     * Returns the local date. Where the clock goes back over the midnight that begins a month, the new month has begun
     * for good, as it has for {@link io.weir.core.rollup.WindowCalendar}: so buckets never fall while time rises.
     */
    private LocalDate dateOf(long time) {
        Instant instant = Instant.ofEpochMilli(time);
        LocalDate date = LocalDate.ofInstant(instant, zone);
        LocalDate next = date.plusDays(1);
        boolean begun = next.getDayOfMonth() == 1
                && !next.atStartOfDay(zone).toInstant().isAfter(instant);
        return begun ? next : date;
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
