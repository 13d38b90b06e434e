package io.weir.core.fold.simulation;

import io.weir.core.fold.port.PendingWrite;
import io.weir.core.fold.port.RollupRow;
import io.weir.core.fold.port.RollupStore;
import io.weir.core.fold.port.StoreEpoch;
import io.weir.core.rollup.RollupKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rollup tables, over the connection of one process. */
final class SimulatedRollups implements RollupStore {

    private final SimulatedConnection connection;
    private final SimulatedWorld world;
    private final Set<RollupKey> rowsRead = new HashSet<>();

    SimulatedRollups(SimulatedConnection connection) {
        this.connection = connection;
        this.world = connection.world();
    }

    /** Forgets which rows were read: until the next opening, no row should be read twice. */
    void clearReads() {
        rowsRead.clear();
    }

    @Override
    public Map<RollupKey, RollupRow> readRollups(Collection<RollupKey> keys) {
        connection.call(Event.ROLLUP_READ_TIMED_OUT);
        Map<RollupKey, RollupRow> found = new HashMap<>();
        for (RollupKey key : keys) {
            RollupState row = world.store().rollups().visible(key);
            if (row != null) {
                // The version is the row's timestamp in its table.
                long version = world.store().rollups().timestamp(key);
                found.put(key, new RollupRow(key, row.toRollup(), row.throughOffset(), version));
                if (!rowsRead.add(key)) {
                    world.fate().count(Event.ROW_READ_AGAIN_AFTER_EVICTION);
                }
            }
        }
        connection.dieOrPause();
        return found;
    }

    @Override
    public PendingWrite writeRollups(Collection<RollupRow> rows) {
        List<Runnable> writes = new ArrayList<>();
        StoreEpoch epoch = connection.openedIn();
        for (RollupRow row : rows) {
            RollupKey key = row.key();
            RollupState state = RollupState.of(row.rollup(), row.throughOffset());
            long version = row.version();
            writes.add(() -> world.writes().writeRollup(key, state, version, epoch));
        }
        return connection.send(writes);
    }
}
