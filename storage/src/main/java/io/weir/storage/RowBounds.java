package io.weir.storage;

import io.weir.core.reading.NameRule;
import io.weir.core.reading.Rejection;

/**
 * The most bytes that a row of each table can have, by the bounds of its columns and as {@link EncodedSize} counts
 * them. The largest, a rollup, is a thirtieth of the largest request, so that there is no row that no request could
 * hold.
 */
public final class RowBounds {

    /** Bytes of a rejected reading's key that are kept. */
    public static final int REJECTED_KEY = 1024;

    /** Bytes of a rejected reading's detail that are kept. */
    static final int REJECTED_DETAIL = 1024;

    /** Bytes of a rejected reading's payload that are kept. */
    static final int REJECTED_PAYLOAD = Rejection.MAX_PAYLOAD;

    /** A device, a group or a metric. */
    private static final int NAME = NameRule.MAX_BYTES;

    /** Kafka takes no longer names of topics; they are ASCII. */
    private static final int TOPIC = 249;

    /** The codes of reasons, kinds of entries of the catalog and of exceptions. */
    private static final int CODE = 32;

    /** A header, and at most 1536 bins of two varints of at most 10 bytes. In practice it is at most 8 KiB. */
    private static final int SKETCH = 32 + 1536 * 20;

    /** Device, group, metric; bucket or hour and shard, time, source, value, offset, and the write time. */
    static final int RAW = row(10, 3 * NAME + 6 * Long.BYTES + Integer.BYTES);

    /** Id, metric, the devices of the first and the last reading, the sketch; bucket, source and 16 numbers of 8 bytes. */
    static final int ROLLUP = row(23, 4 * NAME + SKETCH + 2 * Integer.BYTES + 16 * Long.BYTES);

    /**
     * Topic, reason, detail, payload, key; day, source, element, the three sizes, offset, the record's time, the time
     * of the redrive, and the write time.
     */
    static final int REJECTED = row(
            15, TOPIC + CODE + REJECTED_DETAIL + REJECTED_PAYLOAD + REJECTED_KEY + 6 * Integer.BYTES + 4 * Long.BYTES);

    /** Kind, parent, name; shard, and the write time. {@code device_sources} has less. */
    static final int CATALOG = row(5, CODE + 2 * NAME + Integer.BYTES + Long.BYTES);

    /** Bytes of a page of rows, at most. */
    private static final int PAGE = 16 * 1024 * 1024;

    /** The driver's default, at which a page of raw readings, or of anything smaller, is below the bound. */
    private static final int MOST_ROWS = 5000;

    /** Rows of a page of rollups. */
    public static final int ROLLUPS_IN_PAGE = pageOf(ROLLUP);

    /** Rows of a page of rejected readings. */
    public static final int REJECTED_IN_PAGE = pageOf(REJECTED);

    private RowBounds() {}

    /** Returns how many rows of so many bytes a page may have. */
    static int pageOf(int rowBytes) {
        return Math.min(MOST_ROWS, PAGE / rowBytes);
    }

    private static int row(int cells, int values) {
        return cells * EncodedSize.CELL_OVERHEAD + values;
    }
}
