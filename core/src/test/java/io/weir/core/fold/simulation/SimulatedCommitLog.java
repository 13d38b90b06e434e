package io.weir.core.fold.simulation;

import io.weir.core.fold.StoreEpoch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Every write that the database has applied, in order, so that the database can go back to what it was before one. It
 * syncs the log now and then: a crash loses the last writes that are not synced, but for those of tables that were
 * flushed.
 */
final class SimulatedCommitLog {

    private record Write(SimulatedTable<?, ?> table, Runnable apply) {}

    private final List<SimulatedTable<?, ?>> tables = new ArrayList<>();
    private final List<Write> writes = new ArrayList<>();
    private int kept;
    private int synced;
    private int losses;
    private int restarts;

    void add(SimulatedTable<?, ?> table) {
        tables.add(table);
    }

    void append(SimulatedTable<?, ?> table, Runnable write) {
        writes.add(new Write(table, write));
        write.run();
    }

    /** Returns the place in the log after the last write. */
    int end() {
        return writes.size();
    }

    /** No crash loses what lies before a place. */
    void syncTo(int place) {
        synced = Math.max(synced, place);
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
        restart(lost, table -> false);
    }

    /** Returns how many writes a crash can lose. */
    int unsynced() {
        return writes.size() - Math.max(kept, synced);
    }

    /** Restarts the database without the last writes, but for those of one of the tables. */
    void crash(int lost, int flushed) {
        restart(lost, table -> table == tables.get(flushed % tables.size()));
    }

    private void restart(int lost, Predicate<SimulatedTable<?, ?>> flushed) {
        restarts++;
        List<Write> last = writes.subList(writes.size() - lost, writes.size());
        last.removeIf(write -> !flushed.test(write.table()));
        synced = Math.min(synced, writes.size());
        if (lost > 0) {
            losses++;
            tables.forEach(SimulatedTable::empty);
            writes.forEach(write -> write.apply().run());
        }
    }
}
