package io.weir.core.fold.port;

import io.weir.core.reading.Reading;
import io.weir.core.rollup.QuantileSketch;
import io.weir.core.rollup.Rollup;
import io.weir.core.rollup.RollupKey;

/**
 * One source's row of a rollup table, which is its own checkpoint: it stores the offset of the last record folded into
 * it and ignores any record at or below. Not thread-safe.
 */
public final class RollupRow implements FoldedRow {

    /** The heap bytes of the row, its rollup, and its first and last samples. */
    private static final int OWN_HEAP_BYTES = 320;

    /** The maximum heap bytes of a row: a full sketch, and two samples of devices with names of maximum length. */
    public static final long MAX_HEAP_BYTES = OWN_HEAP_BYTES + 2 * 2 * 512 + QuantileSketch.MAX_HEAP_BYTES;

    private static final long NO_VERSION = Long.MIN_VALUE;

    private final RollupKey key;
    private Rollup rollup;
    private long throughOffset;
    private long version;
    private long rebuiltOffset;
    private long repaired;

    // The record being folded. It may contain several readings, the first of which already moves throughOffset.
    private long openOffset = Ledger.NOTHING;

    /**
     * Restores a stored row.
     *
     * @param throughOffset the last record folded into it
     * @param version the timestamp that the row was written with, in microseconds
     */
    public RollupRow(RollupKey key, Rollup rollup, long throughOffset, long version) {
        this(key, rollup, throughOffset, version, Ledger.NOTHING, 0);
    }

    /**
     * Restores a stored row that may have been rebuilt.
     *
     * @param rebuiltOffset the last command that rebuilt the row; {@link Ledger#NOTHING} if none did
     * @param repaired the readings that commands that accept repairs found in the raw table, minus those that the row
     *     held before them
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

    /** Returns a row without readings. */
    public static RollupRow empty(RollupKey key) {
        return new RollupRow(key, new Rollup(), Ledger.NOTHING, NO_VERSION);
    }

    /** Returns the same row with another version. */
    public RollupRow withVersion(long other) {
        return new RollupRow(key, rollup, throughOffset, other, rebuiltOffset, repaired);
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

    /** Returns the write timestamp of the row in microseconds; rises with every change. */
    public long version() {
        return version;
    }

    /** Returns the offset of the last command that rebuilt the row; {@link Ledger#NOTHING} if none did. */
    public long rebuiltOffset() {
        return rebuiltOffset;
    }

    /**
     * Returns the number of the row's readings that no record has brought: those that commands that accept repairs
     * found in the raw table, minus those that the row held before them. Negative if repairs have removed more than
     * they have added.
     */
    public long repaired() {
        return repaired;
    }

    public boolean isRebuilt() {
        return rebuiltOffset != Ledger.NOTHING;
    }

    @Override
    public boolean isAfterLast(long time) {
        return rollup.isEmpty() || time > rollup.last().time();
    }

    /** Folds a reading, unless the stored row already contains the reading's record; returns true if it was folded. */
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

    /**
     * Replaces the row's readings as of a command's record, unless the row has already reached the record; returns true
     * if it did.
     */
    public boolean replace(Rollup rebuilt, LogRecord record) {
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
