package io.weir.core.fold;

import io.weir.core.reading.ReadingKey;
import io.weir.core.rollup.RollupKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * One process's connection to a {@link SimulatedStore}. Its writes land in random order, when someone waits for them or
 * by chance before; any of them, and any read, may fail. What was under way at a failure is lost or lands later.
 */
final class SimulatedTables implements SourceTables {

    private final SimulatedStore store;
    private final Random random;
    private final double failureRate;
    private final List<Runnable> underWay = new ArrayList<>();

    SimulatedTables(SimulatedStore store, Random random, double failureRate) {
        this.store = store;
        this.random = random;
        this.failureRate = failureRate;
    }

    @Override
    public Ledger readLedger() {
        failByChance();
        return store.ledger();
    }

    @Override
    public Map<RollupKey, RollupRow> readRollups(Collection<RollupKey> keys) {
        failByChance();
        Map<RollupKey, RollupRow> found = new HashMap<>();
        for (RollupKey key : keys) {
            SimulatedStore.RollupKeyed row = store.read(key, SimulatedStore.RollupKeyed.class);
            if (row != null) {
                found.put(key, new RollupRow(key, row.rollup().copy(), row.throughOffset(), row.version()));
            }
        }
        return found;
    }

    @Override
    public Map<ReadingKey, Arrival> readArrivals(Collection<ReadingKey> keys) {
        failByChance();
        Map<ReadingKey, Arrival> found = new HashMap<>();
        for (ReadingKey key : keys) {
            StoredReading row = store.read(key, StoredReading.class);
            if (row != null) {
                found.put(key, new Arrival(row.offset(), row.reading().value()));
            }
        }
        return found;
    }

    @Override
    public PendingWrite writeReadings(Collection<StoredReading> readings) {
        List<Runnable> writes = new ArrayList<>();
        for (StoredReading row : readings) {
            writes.add(() -> store.write(row.reading().key(), row, row.timestamp() * 1000));
        }
        return send(writes);
    }

    @Override
    public PendingWrite writeRejected(Collection<RejectedReading> rejected) {
        List<Runnable> writes = new ArrayList<>();
        for (RejectedReading row : rejected) {
            writes.add(() -> store.write(List.of("rejected", row.offset(), row.index()), row, row.timestamp() * 1000));
        }
        return send(writes);
    }

    @Override
    public PendingWrite writeCatalog(Collection<CatalogEntry> entries) {
        List<Runnable> writes = new ArrayList<>();
        entries.forEach(entry -> writes.add(() -> store.write(entry, entry, 0)));
        return send(writes);
    }

    @Override
    public PendingWrite writeRollups(Collection<RollupRow> rows) {
        List<Runnable> writes = new ArrayList<>();
        for (RollupRow row : rows) {
            SimulatedStore.RollupKeyed copy =
                    new SimulatedStore.RollupKeyed(row.rollup().copy(), row.throughOffset(), row.version());
            writes.add(() -> store.write(row.key(), copy, copy.version()));
        }
        return send(writes);
    }

    @Override
    public PendingWrite writeLedger(Ledger ledger) {
        return send(List.of(() -> store.write("ledger", ledger, ledger.throughOffset())));
    }

    private PendingWrite send(List<Runnable> writes) {
        underWay.addAll(writes);
        List<Runnable> mine = List.copyOf(writes);
        Collections.shuffle(underWay, random);
        for (int some = random.nextInt(underWay.size() + 1) / 2; some > 0; some--) {
            landOne();
        }
        return new PendingWrite() {
            @Override
            public boolean isDurable() {
                return Collections.disjoint(underWay, mine);
            }

            @Override
            public void await() {
                while (!isDurable()) {
                    landOne();
                }
            }
        };
    }

    private void landOne() {
        failByChance();
        underWay.remove(underWay.size() - 1).run();
        if (!store.strays.isEmpty() && random.nextInt(5) == 0) {
            store.strays.remove(random.nextInt(store.strays.size())).run();
        }
    }

    private void failByChance() {
        if (random.nextDouble() < failureRate) {
            for (Runnable write : underWay) {
                if (random.nextInt(3) == 0) {
                    store.strays.add(write);
                }
            }
            underWay.clear();
            throw new TablesException("injected");
        }
    }
}
