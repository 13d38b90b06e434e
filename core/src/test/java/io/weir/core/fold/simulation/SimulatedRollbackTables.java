package io.weir.core.fold.simulation;

import io.weir.core.fold.port.Arrival;
import io.weir.core.fold.port.ArrivedReading;
import io.weir.core.fold.port.PendingWrite;
import io.weir.core.fold.port.RawSpan;
import io.weir.core.fold.port.RollbackTables;
import io.weir.core.fold.port.RollupRow;
import io.weir.core.fold.port.StoredReading;
import io.weir.core.reading.ReadingKey;
import io.weir.core.rollup.RollupKey;
import io.weir.core.rollup.Scope;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The tables of a source that ends. A rollback may be interrupted between any two rows, while writes of the source's
 * dead processes are applied again.
 */
final class SimulatedRollbackTables implements RollbackTables {

    /** Thrown to interrupt a rollback. */
    static final class Interruption extends RuntimeException {}

    private final SimulatedWorld world;
    private final SimulatedStore store;

    SimulatedRollbackTables(SimulatedWorld world) {
        this.world = world;
        this.store = world.store();
    }

    @Override
    public Map<ReadingKey, Arrival> readArrivals(Collection<ReadingKey> keys) {
        step();
        Map<ReadingKey, Arrival> found = new HashMap<>();
        for (ReadingKey key : keys) {
            StoredReading row = store.rawByDevice().visible(key);
            if (row != null) {
                found.put(key, new Arrival(row.offset(), row.reading().value()));
            }
        }
        return found;
    }

    @Override
    public void readReadings(RawSpan span, Consumer<ArrivedReading> reader) {
        step();
        store.readings(span).forEach(row -> reader.accept(new ArrivedReading(row.reading(), row.offset())));
    }

    @Override
    public Map<RollupKey, RollupRow> readRollups(Collection<RollupKey> keys) {
        step();
        Map<RollupKey, RollupRow> found = new HashMap<>();
        for (RollupKey key : keys) {
            RollupState row = store.rollups().visible(key);
            if (row != null) {
                found.put(
                        key,
                        new RollupRow(
                                key,
                                row.toRollup(),
                                row.throughOffset(),
                                store.rollups().timestamp(key)));
            }
        }
        return found;
    }

    @Override
    public PendingWrite writeRollups(Collection<RollupRow> rows) {
        List<Runnable> writes = new ArrayList<>();
        for (RollupRow row : rows) {
            RollupState state = RollupState.of(row.rollup(), row.throughOffset());
            writes.add(() -> {
                store.rollups().write(row.key(), state, row.version());
                world.fate().count(Event.ROLLUP_RESTORED);
            });
        }
        return pending(writes);
    }

    @Override
    public PendingWrite deleteRollups(Collection<RollupRow> rows) {
        List<Runnable> writes = new ArrayList<>();
        for (RollupRow row : rows) {
            writes.add(() -> {
                store.rollups().delete(row.key(), row.version());
                world.fate().count(Event.ROLLUP_REMOVED);
            });
        }
        return pending(writes);
    }

    @Override
    public PendingWrite deleteReadings(Scope table, Collection<StoredReading> readings) {
        List<Runnable> writes = new ArrayList<>();
        for (StoredReading row : readings) {
            writes.add(
                    table == Scope.DEVICE
                            ? () -> store.rawByDevice().delete(row.reading().key(), row.timestamp())
                            : () -> store.rawByGroup().delete(SimulatedStore.GroupRow.of(row), row.timestamp()));
        }
        return pending(writes);
    }

    @Override
    public PendingWrite deleteRejected(LocalDate day, long from, long timestampMicros) {
        return pending(List.of(() -> store.rejected()
                .deleteRange(
                        (position, written) -> position.offset() >= from && day.equals(dayOf(written)),
                        timestampMicros / 1000)));
    }

    private static LocalDate dayOf(long millis) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    }

    /** Returns a write that is only executed when it is awaited. */
    private PendingWrite pending(List<Runnable> writes) {
        return new PendingWrite() {
            @Override
            public boolean isDurable() {
                await();
                return true;
            }

            @Override
            public void await() {
                for (Runnable write : writes) {
                    step();
                    write.run();
                }
            }
        };
    }

    private void step() {
        world.step();
        if (world.fate().strikes(Event.ROLLBACK_INTERRUPTED)) {
            throw new Interruption();
        }
        world.network().deliverOne();
    }
}
