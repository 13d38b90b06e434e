package io.weir.storage;

import io.weir.core.fold.port.Arrival;
import io.weir.core.fold.port.ArrivedReading;
import io.weir.core.fold.port.CatalogEntry;
import io.weir.core.fold.port.DeciderTables;
import io.weir.core.fold.port.Ledger;
import io.weir.core.fold.port.PendingWrite;
import io.weir.core.fold.port.RawSpan;
import io.weir.core.fold.port.RejectedReading;
import io.weir.core.fold.port.RollupRow;
import io.weir.core.fold.port.SkippedReading;
import io.weir.core.fold.port.SourceTables;
import io.weir.core.fold.port.StoreEpoch;
import io.weir.core.fold.port.StoredReading;
import io.weir.core.reading.ReadingKey;
import io.weir.core.rollup.RollupKey;
import io.weir.core.rollup.Scope;
import io.weir.storage.catalog.CatalogTable;
import io.weir.storage.ledger.LedgerTable;
import io.weir.storage.ledger.SkippedTable;
import io.weir.storage.raw.RawSpans;
import io.weir.storage.raw.RawTables;
import io.weir.storage.rejected.RejectedTable;
import io.weir.storage.rollup.RollupTables;
import io.weir.storage.run.QueryLayout;
import io.weir.storage.source.SourceId;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The tables of a fold that decides for one source, in either layout: every row that it reads or writes has the
 * source's number. Not thread-safe.
 */
record CassandraSourceTables(
        SourceId source,
        QueryLayout layout,
        RawTables raw,
        RawSpans rawSpans,
        RollupTables rollups,
        RejectedTable rejectedReadings,
        CatalogTable catalog,
        SkippedTable exceptions,
        LedgerTable ledgers)
        implements SourceTables, DeciderTables {

    @Override
    public StoreEpoch readEpoch() {
        return ledgers.readEpoch();
    }

    @Override
    public Ledger readLedger() {
        return ledgers.read(source);
    }

    @Override
    public Map<RollupKey, RollupRow> readRollups(Collection<RollupKey> keys) {
        return rollups.read(source.number(), keys);
    }

    @Override
    public Map<ReadingKey, Arrival> readArrivals(Collection<ReadingKey> keys) {
        return raw.read(source.number(), keys);
    }

    @Override
    public Map<RollupKey, Long> readLastTimes(Collection<RollupKey> hours) {
        return raw.readLastTimes(hours);
    }

    @Override
    public void readReadings(RawSpan span, Consumer<ArrivedReading> reader) {
        rawSpans.read(source.number(), span, reader);
    }

    @Override
    public PendingWrite writeReadings(Collection<StoredReading> readings) {
        Set<Scope> both = EnumSet.allOf(Scope.class);
        return raw.write(source.number(), layout == QueryLayout.FUSED ? both : Set.of(Scope.DEVICE), readings);
    }

    @Override
    public PendingWrite writeRejected(Collection<RejectedReading> rejected) {
        return rejectedReadings.write(source, rejected);
    }

    @Override
    public PendingWrite writeExceptions(Collection<SkippedReading> excepted) {
        return exceptions.write(source.number(), excepted);
    }

    @Override
    public PendingWrite writeCatalog(Collection<CatalogEntry> entries) {
        return catalog.write(source.number(), entries);
    }

    @Override
    public PendingWrite writeRollups(Collection<RollupRow> rows) {
        return rollups.write(source.number(), rows);
    }

    @Override
    public PendingWrite writeLedger(Ledger ledger, StoreEpoch epoch) {
        return ledgers.write(source.number(), ledger, epoch);
    }
}
