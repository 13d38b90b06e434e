package io.weir.storage;

import io.weir.core.fold.port.ElementPosition;
import io.weir.core.fold.port.FollowerTables;
import io.weir.core.fold.port.PendingWrite;
import io.weir.core.fold.port.RollupRow;
import io.weir.core.fold.port.RollupStore;
import io.weir.core.fold.port.StoreEpoch;
import io.weir.core.fold.port.StoredReading;
import io.weir.core.rollup.RollupKey;
import io.weir.core.rollup.Scope;
import io.weir.storage.ledger.DeciderWait;
import io.weir.storage.ledger.LedgerTable;
import io.weir.storage.ledger.SkippedTable;
import io.weir.storage.raw.RawTables;
import io.weir.storage.rollup.RollupTables;
import io.weir.storage.run.FeedQuery;
import io.weir.storage.source.SourceId;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** The tables of a fold that follows the decider of one source and feeds one table. Not thread-safe. */
public final class CassandraFollowerTables implements FollowerTables, RollupStore {

    private final SourceId source;
    private final FeedQuery query;
    private final RawTables raw;
    private final RollupTables rollups;
    private final SkippedTable exceptions;
    private final LedgerTable ledgers;
    private final DeciderWait wait;

    CassandraFollowerTables(
            SourceId source,
            FeedQuery query,
            RawTables raw,
            RollupTables rollups,
            SkippedTable exceptions,
            LedgerTable ledgers) {
        this.source = source;
        this.query = query;
        this.raw = raw;
        this.rollups = rollups;
        this.exceptions = exceptions;
        this.ledgers = ledgers;
        this.wait = new DeciderWait(
                query.table(), source, () -> ledgers.read(source).throughOffset());
    }

    @Override
    public StoreEpoch readEpoch() {
        return ledgers.readEpoch();
    }

    @Override
    public long readThroughOffset() {
        return ledgers.readThroughOffset(source, query);
    }

    @Override
    public long awaitDecided(long offset) {
        return wait.until(offset);
    }

    @Override
    public Set<ElementPosition> readExceptions(long first, long last) {
        return exceptions.read(source.number(), first, last);
    }

    @Override
    public PendingWrite writeThroughOffset(long throughOffset, StoreEpoch epoch) {
        return ledgers.writeThroughOffset(source.number(), query, throughOffset, epoch);
    }

    @Override
    public Map<RollupKey, RollupRow> readRollups(Collection<RollupKey> keys) {
        return rollups.read(source.number(), keys);
    }

    @Override
    public PendingWrite writeRollups(Collection<RollupRow> rows) {
        return rollups.write(source.number(), rows);
    }

    /** Writes each reading to the raw table by group. The caller must not change the collection afterwards. */
    public PendingWrite writeReadings(Collection<StoredReading> readings) {
        return raw.write(source.number(), Set.of(Scope.GROUP), readings);
    }
}
