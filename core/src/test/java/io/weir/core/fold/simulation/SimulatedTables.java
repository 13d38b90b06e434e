package io.weir.core.fold.simulation;

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
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The tables of a decider process, over its connection, in either layout. */
final class SimulatedTables implements SourceTables, DeciderTables {

    private final SimulatedConnection connection;
    private final SimulatedWorld world;
    private final SimulatedRollups rollups;
    private final Layout layout;

    SimulatedTables(SimulatedConnection connection, Layout layout) {
        this.connection = connection;
        this.world = connection.world();
        this.rollups = new SimulatedRollups(connection);
        this.layout = layout;
    }

    @Override
    public StoreEpoch readEpoch() {
        return connection.readEpoch();
    }

    @Override
    public @Nullable Ledger readLedger() {
        connection.takeSource();
        rollups.clearReads();
        Ledger found = world.ledger();
        connection.dieOrPause();
        return found;
    }

    @Override
    public Map<ReadingKey, Arrival> readArrivals(Collection<ReadingKey> keys) {
        connection.call(Event.LOOK_UP_TIMED_OUT);
        Map<ReadingKey, Arrival> found = new HashMap<>();
        for (ReadingKey key : keys) {
            StoredReading row = world.store().rawByDevice().visible(key);
            if (row != null) {
                found.put(key, new Arrival(row.offset(), row.reading().value()));
            }
        }
        connection.dieOrPause();
        return found;
    }

    @Override
    public Map<RollupKey, Long> readLastTimes(Collection<RollupKey> hours) {
        connection.call(Event.LAST_TIME_READ_TIMED_OUT);
        Map<RollupKey, Long> found = world.lastTimes(hours);
        connection.dieOrPause();
        return found;
    }

    @Override
    public void readReadings(RawSpan span, Consumer<ArrivedReading> reader) {
        connection.call(Event.READING_FOR_A_REBUILD_TIMED_OUT);
        if (world.fate().strikes(Event.PAUSE_IN_A_REBUILD)) {
            world.runOthers();
        }
        if (world.fate().strikes(Event.STORE_RESTARTED_IN_A_REBUILD)) {
            world.restartStore();
        }
        for (StoredReading row : world.store().readings(span)) {
            reader.accept(new ArrivedReading(row.reading(), row.offset()));
        }
        connection.dieOrPause();
    }

    @Override
    public PendingWrite writeReadings(Collection<StoredReading> readings) {
        List<Runnable> writes = new ArrayList<>();
        for (StoredReading row : readings) {
            writes.add(() -> world.writes().writeByDevice(row));
            if (layout.feeds(connection.query(), Query.RAW_BY_GROUP)) {
                writes.add(() -> world.writes().writeByGroup(row));
            }
        }
        return connection.send(writes);
    }

    @Override
    public PendingWrite writeRejected(Collection<RejectedReading> rejected) {
        List<Runnable> writes = new ArrayList<>();
        rejected.forEach(row -> writes.add(() -> world.writes().writeRejected(row)));
        return connection.send(writes);
    }

    @Override
    public PendingWrite writeExceptions(Collection<SkippedReading> excepted) {
        List<Runnable> writes = new ArrayList<>();
        excepted.forEach(row -> writes.add(() -> world.writes().writeException(row)));
        return connection.send(writes);
    }

    @Override
    public PendingWrite writeCatalog(Collection<CatalogEntry> entries) {
        List<Runnable> writes = new ArrayList<>();
        entries.forEach(entry -> writes.add(() -> world.writes().writeCatalog(entry)));
        return connection.send(writes);
    }

    @Override
    public Map<RollupKey, RollupRow> readRollups(Collection<RollupKey> keys) {
        return rollups.readRollups(keys);
    }

    @Override
    public PendingWrite writeRollups(Collection<RollupRow> rows) {
        return rollups.writeRollups(rows);
    }

    @Override
    public PendingWrite writeLedger(Ledger ledger, StoreEpoch epoch) {
        return connection.sendIn(epoch, () -> world.writes().writeLedger(ledger, layout));
    }
}
