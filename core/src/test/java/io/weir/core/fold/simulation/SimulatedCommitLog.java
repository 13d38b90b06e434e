package io.weir.core.fold.simulation;

import io.weir.core.fold.port.StoreEpoch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The ordered log of all writes that the database has applied, so that the database can go back to an earlier state.
 * The log is synced now and then: a crash loses the last writes that are not synced, except those of tables that were
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

    /** Returns the position after the last write. */
    int end() {
        return writes.size();
    }

    /** Syncs the log up to a position: no crash loses writes before it. */
    void syncTo(int position) {
        synced = Math.max(synced, position);
    }

    StoreEpoch epoch() {
        return new StoreEpoch("restart " + restarts);
    }

    /** Makes all writes so far permanent: the database never goes back to before them. */
    void keep() {
        kept = writes.size();
    }

    /** Returns the number of writes that the database can lose. */
    int losable() {
        return writes.size() - kept;
    }

    /** Returns how often the database has lost writes. */
    int losses() {
        return losses;
    }

    /** Restarts the database without the last writes. */
    void restart(int lost) {
        restart(lost, table -> false);
    }

    /** Returns the number of writes that a crash can lose. */
    int unsynced() {
        return writes.size() - Math.max(kept, synced);
    }

    /** Restarts the database without the last writes, except those of one flushed table. */
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
