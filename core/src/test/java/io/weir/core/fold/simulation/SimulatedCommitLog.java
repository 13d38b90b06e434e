package io.weir.core.fold.simulation;

import io.weir.core.fold.StoreEpoch;
import java.util.ArrayList;
import java.util.List;

/** Every write that the database has applied, in order, so that the database can go back to what it was before one. */
final class SimulatedCommitLog {

    private final List<SimulatedTable<?, ?>> tables = new ArrayList<>();
    private final List<Runnable> writes = new ArrayList<>();
    private int kept;
    private int losses;
    private int restarts;

    void add(SimulatedTable<?, ?> table) {
        tables.add(table);
    }

    void append(Runnable write) {
        writes.add(write);
        write.run();
    }

    StoreEpoch epoch() {
        return new StoreEpoch("restart " + restarts);
    }

    /** Keeps what was written so far: the database does not go back beyond it. */
    void keep() {
        kept = writes.size();
    }

    /** Returns how many writes the database can lose. */
    int losable() {
        return writes.size() - kept;
    }

    /** Returns how often the database has lost anything. */
    int losses() {
        return losses;
    }

    /** Restarts the database without the last writes. */
    void restart(int lost) {
        restarts++;
        writes.subList(writes.size() - lost, writes.size()).clear();
        if (lost > 0) {
            losses++;
            tables.forEach(SimulatedTable::empty);
            writes.forEach(Runnable::run);
        }
    }
}
