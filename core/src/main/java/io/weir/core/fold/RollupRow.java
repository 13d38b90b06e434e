package io.weir.core.fold;

import io.weir.core.reading.Reading;
import io.weir.core.rollup.QuantileSketch;
import io.weir.core.rollup.Rollup;
import io.weir.core.rollup.RollupKey;

/**
 * One source's row of a rollup table: its own checkpoint. It knows the last record folded into it and ignores any at or
 * below. Not thread-safe.
 */
public final class RollupRow implements FoldedRow {

    /** The row, its rollup, and its first and last readings. */
    private static final int OWN_HEAP_BYTES = 320;

    /** No row takes more of the heap: one with as many bins as a sketch may have, of devices with the longest names. */
    static final long MAX_HEAP_BYTES = OWN_HEAP_BYTES + 2 * 2 * 512 + QuantileSketch.MAX_HEAP_BYTES;

    private static final long NO_VERSION = Long.MIN_VALUE;

    private final RollupKey key;
    private Rollup rollup;
    private long throughOffset;
    private long version;
    private long rebuiltOffset;
    private long repaired;

    // The record that is being folded: it may carry several readings, of which the first moves throughOffset.
    private long openOffset = Ledger.NOTHING;

    /**
     * Restores a stored row.
     *
     * @param throughOffset the last record folded into it
     * @param version the timestamp it was written with
     */
    public RollupRow(RollupKey key, Rollup rollup, long throughOffset, long version) {
        this(key, rollup, throughOffset, version, Ledger.NOTHING, 0);
    }

    /**
     * Restores a stored row that may have been rebuilt.
     *
     * @param rebuiltOffset the last command that rebuilt it; {@link Ledger#NOTHING} if none has
     * @param repaired readings that commands found in the raw table, less those that the row held before them
     */
    public RollupRow(
            RollupKey key, Rollup rollup, long throughOffset, long version, long rebuiltOffset, long repaired) {
        this.key = key;
        this.rollup = rollup;
        this.throughOffset = throughOffset;
        this.version = version;
        this.rebuiltOffset = rebuiltOffset;
        this.repaired = repaired;
    }

    /** Returns a row that holds no reading yet. */
    public static RollupRow empty(RollupKey key) {
        return new RollupRow(key, new Rollup(), Ledger.NOTHING, NO_VERSION);
    }

    public RollupKey key() {
        return key;
    }

    public Rollup rollup() {
        return rollup;
    }

    public long throughOffset() {
        return throughOffset;
    }

    /** The timestamp to write the row with; rises with every change. */
    public long version() {
        return version;
    }

    /** The offset of the last command that rebuilt the row; {@link Ledger#NOTHING} if none has. */
    public long rebuiltOffset() {
        return rebuiltOffset;
    }

    /**
     * Readings that commands found in the raw table, less those that the row held before them: how many of its readings no
     * record has brought. Negative where more were removed than added.
     */
    public long repaired() {
        return repaired;
    }

    public boolean isRebuilt() {
        return rebuiltOffset != Ledger.NOTHING;
    }

    @Override
    public boolean isNews(long time) {
        return rollup.isEmpty() || time > rollup.last().time();
    }

    /** Folds a reading unless the row, as it was before the record, has it already; returns whether it did. */
    @Override
    public boolean fold(Reading reading, LogRecord record) {
        if (record.offset() <= throughOffset && record.offset() != openOffset) {
            return false;
        }
        openOffset = record.offset();
        rollup.add(reading.time(), reading.device(), reading.value());
        advance(record);
        return true;
    }

    /** Holds other readings from the record on, unless the row has come to it already; returns whether it does. */
    boolean replace(Rollup rebuilt, LogRecord record) {
        if (throughOffset >= record.offset()) {
            return false;
        }
        repaired += rebuilt.count() - rollup.count();
        rebuiltOffset = record.offset();
        rollup = rebuilt;
        advance(record);
        return true;
    }

    @Override
    public long heapBytes() {
        return OWN_HEAP_BYTES + rollup.heapBytes();
    }

    private void advance(LogRecord record) {
        throughOffset = record.offset();
        version = Math.max(version + 1, record.timestampMicros());
    }
}
