package io.weir.benchmarks.jmh;

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
import io.weir.core.rollup.RollupKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tables that answer at once: what remains is the fold's own time. Keeps only what the fold may ask for. */
final class MemoryTables implements SourceTables {

    private static final StoreEpoch EPOCH = new StoreEpoch("memory");
    private static final PendingWrite DURABLE = new PendingWrite() {

        @Override
        public boolean isDurable() {
            return true;
        }

        @Override
        public void await() {}
    };

    private final Map<ReadingKey, Arrival> arrivals = new HashMap<>();
    private @Nullable Ledger ledger;

    @Override
    public @Nullable Ledger readLedger() {
        return ledger;
    }

    /** None: whoever folds a log from its beginning has in memory what it has written. */
    @Override
    public Map<RollupKey, RollupRow> readRollups(Collection<RollupKey> keys) {
        return Map.of();
    }

    @Override
    public Map<ReadingKey, Arrival> readArrivals(Collection<ReadingKey> keys) {
        Map<ReadingKey, Arrival> found = new HashMap<>();
        for (ReadingKey key : keys) {
            Arrival arrival = arrivals.get(key);
            if (arrival != null) {
                found.put(key, arrival);
            }
        }
        return found;
    }

    /** None: what is measured holds no commands to rebuild. */
    @Override
    public void readReadings(RawSpan span, Consumer<ArrivedReading> reader) {}

    @Override
    public PendingWrite writeReadings(Collection<StoredReading> readings) {
        for (StoredReading stored : readings) {
            arrivals.put(
                    stored.reading().key(),
                    new Arrival(stored.offset(), stored.reading().value()));
        }
        return DURABLE;
    }

    @Override
    public PendingWrite writeRejected(Collection<RejectedReading> rejected) {
        return DURABLE;
    }

    @Override
    public PendingWrite writeCatalog(Collection<CatalogEntry> entries) {
        return DURABLE;
    }

    @Override
    public PendingWrite writeRollups(Collection<RollupRow> rows) {
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
}
