package io.weir.core.fold.simulation;

import io.weir.core.fold.Arrival;
import io.weir.core.fold.ArrivedReading;
import io.weir.core.fold.CatalogEntry;
import io.weir.core.fold.Ledger;
import io.weir.core.fold.PendingWrite;
import io.weir.core.fold.RawSpan;
import io.weir.core.fold.RejectedReading;
import io.weir.core.fold.RollupRow;
import io.weir.core.fold.SourceTables;
import io.weir.core.fold.StoredReading;
import io.weir.core.fold.TablesException;
import io.weir.core.reading.ReadingKey;
import io.weir.core.rollup.RollupKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One process's connection to the database. At every call, and between any two deliveries that it waits for, the process
 * may crash, or pause while others take its source; any call may fail.
 */
final class SimulatedTables implements SourceTables {

    /** What a crashed process leaves its code with. */
    static final class Crash extends RuntimeException {}

    private final SimulatedWorld world;
    private final Set<RollupKey> rowsRead = new HashSet<>();
    private boolean opened;
    private boolean dead;

    SimulatedTables(SimulatedWorld world) {
        this.world = world;
    }

    void die() {
        dead = true;
        world.network().abandon(this);
    }

    boolean isDead() {
        return dead;
    }

    /** Something happens elsewhere: a write arrives, or other processes run. */
    void waitABit() {
        dieOrPause();
        world.network().deliverOne();
    }

    @Override
    public @Nullable Ledger readLedger() {
        call(Event.LEDGER_READ_TIMED_OUT);
        rowsRead.clear();
        if (world.takeSource(this)) {
            world.fate()
                    .count(opened ? Event.SOURCE_MOVED_BACK_TO_AN_OLDER_PROCESS : Event.SOURCE_MOVED_TO_A_NEW_PROCESS);
        }
        opened = true;
        Ledger found = world.store().ledgers().read(SimulatedStore.LedgerRow.ONLY);
        dieOrPause();
        return found;
    }

    @Override
    public Map<RollupKey, RollupRow> readRollups(Collection<RollupKey> keys) {
        call(Event.ROLLUP_READ_TIMED_OUT);
        Map<RollupKey, RollupRow> found = new HashMap<>();
        for (RollupKey key : keys) {
            RollupState row = world.store().rollups().read(key);
            if (row != null) {
                // The version is the row's timestamp in its table.
                long version = world.store().rollups().timestamp(key);
                found.put(key, new RollupRow(key, row.toRollup(), row.throughOffset(), version));
                if (!rowsRead.add(key)) {
                    world.fate().count(Event.ROW_READ_AGAIN_AFTER_EVICTION);
                }
            }
        }
        dieOrPause();
        return found;
    }

    @Override
    public Map<ReadingKey, Arrival> readArrivals(Collection<ReadingKey> keys) {
        call(Event.LOOK_UP_TIMED_OUT);
        Map<ReadingKey, Arrival> found = new HashMap<>();
        for (ReadingKey key : keys) {
            StoredReading row = world.store().rawByDevice().read(key);
            if (row != null) {
                found.put(key, new Arrival(row.offset(), row.reading().value()));
            }
        }
        dieOrPause();
        return found;
    }

    @Override
    public void readReadings(RawSpan span, Consumer<ArrivedReading> reader) {
        call(Event.READING_FOR_A_REBUILD_TIMED_OUT);
        if (world.fate().strikes(Event.PAUSE_IN_A_REBUILD)) {
            world.runOthers();
        }
        for (StoredReading row : world.store().readings(span)) {
            reader.accept(new ArrivedReading(row.reading(), row.offset()));
        }
        dieOrPause();
    }

    @Override
    public PendingWrite writeReadings(Collection<StoredReading> readings) {
        List<Runnable> writes = new ArrayList<>();
        for (StoredReading row : readings) {
            writes.add(() -> world.writes().writeByDevice(row));
            writes.add(() -> world.writes().writeByGroup(row));
        }
        return send(writes);
    }

    @Override
    public PendingWrite writeRejected(Collection<RejectedReading> rejected) {
        List<Runnable> writes = new ArrayList<>();
        rejected.forEach(row -> writes.add(() -> world.writes().writeRejected(row)));
        return send(writes);
    }

    @Override
    public PendingWrite writeCatalog(Collection<CatalogEntry> entries) {
        List<Runnable> writes = new ArrayList<>();
        entries.forEach(entry -> writes.add(() -> world.writes().writeCatalog(entry)));
        return send(writes);
    }

    @Override
    public PendingWrite writeRollups(Collection<RollupRow> rows) {
        List<Runnable> writes = new ArrayList<>();
        for (RollupRow row : rows) {
            RollupKey key = row.key();
            RollupState state = RollupState.of(row.rollup(), row.throughOffset());
            long version = row.version();
            writes.add(() -> world.writes().writeRollup(key, state, version));
        }
        return send(writes);
    }

    @Override
    public PendingWrite writeLedger(Ledger ledger) {
        return send(List.of(() -> world.writes().writeLedger(ledger)));
    }

    private PendingWrite send(List<Runnable> writes) {
        call(Event.WRITE_REFUSED);
        if (!world.holdsSource(this)) {
            world.fate().count(Event.ZOMBIE_WENT_ON_WRITING);
        }
        Request request = new Request(this, writes.size());
        writes.forEach(write -> world.network().send(new SimulatedNetwork.Write(request, write)));
        world.network().deliverSome();
        return request;
    }

    private void call(Event failure) {
        dieOrPause();
        if (world.fate().strikes(failure)) {
            throw new TablesException("simulated: " + failure.label());
        }
    }

    private void dieOrPause() {
        if (world.fate().strikes(Event.CRASH)) {
            throw new Crash();
        }
        if (world.fate().strikes(Event.PAUSE)) {
            world.runOthers();
        }
    }
}
