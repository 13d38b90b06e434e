package io.weir.storage.session;

import io.weir.core.reading.NameRule;
import io.weir.core.reading.Rejection;

/**
 * The maximum size of a row of each table in bytes, from the limits of its columns, as {@link EncodedSize} counts it.
 * The largest row, a rollup, is a thirtieth of the largest request, so every row fits into a request.
 */
public final class RowBounds {

    /** The maximum stored bytes of a rejected reading's key. */
    public static final int REJECTED_KEY = 1024;

    /** The maximum stored bytes of a rejected reading's detail. */
    public static final int REJECTED_DETAIL = 1024;

    /** The maximum stored bytes of a rejected reading's payload. */
    public static final int REJECTED_PAYLOAD = Rejection.MAX_PAYLOAD;

    /** The name of a device, a group or a metric. */
    private static final int NAME = NameRule.MAX_BYTES;

    /** A topic name: Kafka's maximum, in ASCII. */
    private static final int TOPIC = 249;

    /** A code: a reason, or a kind of catalog entry or exception. */
    private static final int CODE = 32;

    /** A sketch: a header, and at most 1536 bins of two varints of at most 10 bytes. In practice at most 8 KiB. */
    private static final int SKETCH = 32 + 1536 * 20;

    /**
     * A raw row: device, group, metric; bucket or hour and shard, time, source, value, offset, and the write timestamp.
     */
    public static final int RAW = row(10, 3 * NAME + 6 * Long.BYTES + Integer.BYTES);

    /**
     * A rollup: id, metric, the devices of the first and last reading, the sketch; bucket, source, and 16 numbers of 8
     * bytes.
     */
    public static final int ROLLUP = row(23, 4 * NAME + SKETCH + 2 * Integer.BYTES + 16 * Long.BYTES);

    /**
     * A rejected reading: topic, reason, detail, payload, key; day, source, element, the three sizes, offset, the
     * record's time, the redrive's time, and the write timestamp.
     */
    static final int REJECTED = row(
            15, TOPIC + CODE + REJECTED_DETAIL + REJECTED_PAYLOAD + REJECTED_KEY + 6 * Integer.BYTES + 4 * Long.BYTES);

    /**
     * A catalog entry: kind, parent, name; shard, and the write timestamp. Rows of {@code device_sources} are smaller.
     */
    static final int CATALOG = row(5, CODE + 2 * NAME + Integer.BYTES + Long.BYTES);

    /** The maximum bytes of a page. */
    private static final int PAGE = 16 * 1024 * 1024;

    /**
     * The driver's default page size in rows. Pages of raw readings, or of smaller rows, are within the limit at this
     * size.
     */
    private static final int MAX_ROWS = 5000;

    /** The maximum number of pages of raw readings that one reader requests ahead. */
    public static final int RAW_PAGES_AHEAD = 16;

    /** The number of raw readings per page, where pages are requested ahead: together they are within the limit. */
    public static final int RAW_PER_PAGE = pageOf(RAW_PAGES_AHEAD * RAW);

    /** The number of rollups per page. */
    public static final int ROLLUPS_PER_PAGE = pageOf(ROLLUP);

    /** The number of rejected readings per page. */
    public static final int REJECTED_PER_PAGE = pageOf(REJECTED);

    private RowBounds() {}

    /** Returns the number of rows per page for rows of this size in bytes. */
    static int pageOf(int rowBytes) {
        return Math.min(MAX_ROWS, PAGE / rowBytes);
    }

    private static int row(int cells, int values) {
        return cells * EncodedSize.CELL_OVERHEAD + values;
    }
}
