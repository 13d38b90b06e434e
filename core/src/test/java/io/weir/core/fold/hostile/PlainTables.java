package io.weir.core.fold.hostile;

import io.weir.core.fold.port.Arrival;
import io.weir.core.fold.port.ArrivedReading;
import io.weir.core.fold.port.CatalogEntry;
import io.weir.core.fold.port.Ledger;
import io.weir.core.fold.port.PendingWrite;
import io.weir.core.fold.port.RawSpan;
import io.weir.core.fold.port.RejectedReading;
import io.weir.core.fold.port.RollupRow;
import io.weir.core.fold.port.SourceTables;
import io.weir.core.fold.port.StoreEpoch;
import io.weir.core.fold.port.StoredReading;
import io.weir.core.reading.ReadingKey;
import io.weir.core.rollup.Rollup;
import io.weir.core.rollup.RollupKey;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** In-memory tables in which every write is durable at once. */
public class PlainTables implements SourceTables {

    private static final StoreEpoch EPOCH = new StoreEpoch("plain");

    static final PendingWrite DURABLE = new PendingWrite() {

        @Override
        public boolean isDurable() {
            return true;
        }

        @Override
        public void await() {}
    };

    private final Map<ReadingKey, StoredReading> raw = new HashMap<>();
    private final Map<RollupKey, RollupRow> rollups = new HashMap<>();
    private final Map<Position, String> rejected = new HashMap<>();
    private @Nullable Ledger ledger;

    /** Returns all stored rows, in a form that can be compared. */
    List<Object> contents() {
        Map<RollupKey, List<Object>> states = new HashMap<>();
        rollups.forEach((key, row) -> states.put(key, state(row)));
        return List.of(raw, states, rejected, Optional.ofNullable(ledger));
    }

    private static List<Object> state(RollupRow row) {
        Rollup rollup = row.rollup();
        return Arrays.asList(
                row.throughOffset(),
                rollup.count(),
                rollup.rawSum(),
                rollup.compensation(),
                rollup.squaredDeviations(),
                rollup.min(),
                rollup.max(),
                rollup.first(),
                rollup.last(),
                rollup.sketch());
    }

    @Override
    public @Nullable Ledger readLedger() {
        return ledger;
    }

    @Override
    public Map<RollupKey, RollupRow> readRollups(Collection<RollupKey> keys) {
        Map<RollupKey, RollupRow> found = new HashMap<>();
        for (RollupKey key : keys) {
            RollupRow row = rollups.get(key);
            if (row != null) {
                found.put(key, copy(row));
            }
        }
        return found;
    }

    @Override
    public Map<ReadingKey, Arrival> readArrivals(Collection<ReadingKey> keys) {
        Map<ReadingKey, Arrival> found = new HashMap<>();
        for (ReadingKey key : keys) {
            StoredReading stored = raw.get(key);
            if (stored != null) {
                found.put(key, new Arrival(stored.offset(), stored.reading().value()));
            }
        }
        return found;
    }

    /** Does nothing: the logs contain no commands. */
    @Override
    public void readReadings(RawSpan span, Consumer<ArrivedReading> reader) {}

    @Override
    public PendingWrite writeReadings(Collection<StoredReading> readings) {
        readings.forEach(stored -> raw.put(stored.reading().key(), stored));
        return DURABLE;
    }

    @Override
    public PendingWrite writeRejected(Collection<RejectedReading> readings) {
        for (RejectedReading reading : readings) {
            rejected.put(
                    new Position(reading.offset(), reading.index()),
                    reading.rejection().reason() + ": " + reading.rejection().detail());
        }
        return DURABLE;
    }

    @Override
    public PendingWrite writeCatalog(Collection<CatalogEntry> entries) {
        return DURABLE;
    }

    @Override
    public PendingWrite writeRollups(Collection<RollupRow> rows) {
        rows.forEach(row -> rollups.put(row.key(), copy(row)));
        return DURABLE;
    }

    @Override
    public StoreEpoch readEpoch() {
        return EPOCH;
    }

    @Override
    public PendingWrite writeLedger(Ledger closed, StoreEpoch epoch) {
        ledger = closed;
        return DURABLE;
    }

    /** The place of an element in the log. */
    private record Position(long offset, int index) {}

    private static RollupRow copy(RollupRow row) {
        return new RollupRow(row.key(), row.rollup().copy(), row.throughOffset(), row.version());
    }
}
