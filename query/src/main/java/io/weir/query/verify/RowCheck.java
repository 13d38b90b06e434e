package io.weir.query.verify;

import io.weir.core.fold.port.Ledger;
import io.weir.core.reading.Reading;
import io.weir.core.rollup.Rollup;
import io.weir.core.rollup.RollupKey;
import io.weir.storage.raw.RawReading;
import io.weir.storage.rollup.RollupTable;
import io.weir.storage.rollup.SourceRollup;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Recomputes the row of one source in one rollup from the raw rows of its window, and compares. Must receive all raw
 * rows of the window, read after the rollup row.
 */
final class RowCheck {

    private final RollupKey key;
    private final int source;
    private final @Nullable SourceRollup stored;
    private final boolean ahead;
    private final long ledgerThrough;
    private final long rowThrough;

    private final Rollup recomputed = new Rollup();
    private double magnitude;
    private long lastFolded = Ledger.NOTHING;
    private long lastMissed = Ledger.NOTHING;

    /**
     * @param key the key of the row, with the window in the pipeline's time zone
     * @param stored the stored row; null if it is missing
     * @param ledgerThrough the last offset that the ledger of the table's query accounts for; the row must include it
     * @param ahead whether raw rows of the rollup may not be stored yet, so that it cannot be recomputed
     */
    RowCheck(RollupKey key, int source, @Nullable SourceRollup stored, long ledgerThrough, boolean ahead) {
        this.key = key;
        this.source = source;
        this.stored = stored;
        this.ahead = ahead;
        this.ledgerThrough = ledgerThrough;
        this.rowThrough = stored == null ? ledgerThrough : stored.throughOffset();
    }

    RollupKey key() {
        return key;
    }

    boolean hasRow() {
        return stored != null;
    }

    boolean isAhead() {
        return ahead;
    }

    void see(RawReading raw) {
        if (raw.offset() <= rowThrough) {
            Reading reading = raw.reading();
            recomputed.add(reading.time(), reading.device(), reading.value());
            magnitude += Math.abs(reading.value());
            lastFolded = Math.max(lastFolded, raw.offset());
        } else if (raw.offset() <= ledgerThrough) {
            lastMissed = Math.max(lastMissed, raw.offset());
        }
    }

    void report(DifferenceLog log) {
        if (ahead) {
            return;
        }
        if (stored == null) {
            if (!recomputed.isEmpty()) {
                log.add(difference("count", null, recomputed.count()));
            }
            return;
        }
        long storedEnd = stored.key().window().end();
        if (storedEnd != key.window().end()) {
            log.add(difference(
                    "window_end",
                    Instant.ofEpochMilli(storedEnd),
                    Instant.ofEpochMilli(key.window().end())));
        }
        // The offset of a row is that of its last reading, or of the command that last rebuilt it.
        long lastApplied = Math.max(lastFolded, stored.rebuiltOffset());
        if (lastMissed != Ledger.NOTHING) {
            log.add(difference("through_offset", rowThrough, lastMissed));
        } else if (lastApplied != Ledger.NOTHING && lastApplied != rowThrough) {
            log.add(difference("through_offset", rowThrough, lastApplied));
        }
        new RollupComparison(stored.rollup(), recomputed, magnitude)
                .report((field, was, is) -> log.add(difference(field, was, is)));
    }

    private Difference difference(String field, @Nullable Object was, @Nullable Object is) {
        return new Difference(
                RollupTable.of(key).table(),
                key.id(),
                key.metric(),
                Instant.ofEpochMilli(key.window().start()),
                source,
                field,
                was,
                is);
    }
}
