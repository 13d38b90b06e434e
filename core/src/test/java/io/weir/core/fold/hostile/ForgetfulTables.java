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
import io.weir.core.rollup.RollupKey;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tables that keep nothing but the ledger, so that all rows in the heap are those of the fold. */
final class ForgetfulTables implements SourceTables {

    private static final StoreEpoch EPOCH = new StoreEpoch("forgetful");

    private final Runnable onWrite;
    private @Nullable Ledger ledger;

    /** @param onWrite is called for each write of readings and rejections, while the fold holds their whole step */
    ForgetfulTables(Runnable onWrite) {
        this.onWrite = onWrite;
    }

    @Override
    public @Nullable Ledger readLedger() {
        return ledger;
    }

    @Override
    public Map<RollupKey, RollupRow> readRollups(Collection<RollupKey> keys) {
        return Map.of();
    }

    @Override
    public Map<ReadingKey, Arrival> readArrivals(Collection<ReadingKey> keys) {
        return Map.of();
    }

    @Override
    public void readReadings(RawSpan span, Consumer<ArrivedReading> reader) {}

    @Override
    public PendingWrite writeReadings(Collection<StoredReading> readings) {
        onWrite.run();
        return PlainTables.DURABLE;
    }

    @Override
    public PendingWrite writeRejected(Collection<RejectedReading> readings) {
        onWrite.run();
        return PlainTables.DURABLE;
    }

    @Override
    public PendingWrite writeCatalog(Collection<CatalogEntry> entries) {
        return PlainTables.DURABLE;
    }

    @Override
    public PendingWrite writeRollups(Collection<RollupRow> rows) {
        return PlainTables.DURABLE;
    }

    @Override
    public StoreEpoch readEpoch() {
        return EPOCH;
    }

    @Override
    public PendingWrite writeLedger(Ledger closed, StoreEpoch epoch) {
        ledger = closed;
        return PlainTables.DURABLE;
    }
}
