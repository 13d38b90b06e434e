package io.weir.core.fold.simulation;

import io.weir.core.fold.port.Ledger;
import io.weir.core.rollup.RollupKey;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/** The state that all processes share: the tables, the network, the random decisions, and who holds the source. */
final class SimulatedWorld {

    /** Far more steps than any life takes: a life that exceeds them is in an endless loop. */
    private static final long MAX_STEPS = 1_000_000;

    private final SimulatedDatabase database;
    private final SimulatedStore store;
    private final CheckedStore writes;
    private final long begin;
    private final boolean losing;
    private final boolean delaying;
    private final Fate fate;
    private final SimulatedNetwork network;
    private final Runnable others;
    private final Map<Query, SimulatedConnection> holders = new EnumMap<>(Query.class);
    private final Map<Query, Integer> checkpoints = new EnumMap<>(Query.class);
    private long steps;

    /**
     * Starts with empty tables and the first source.
     *
     * @param losing true if the database may lose acknowledged writes
     * @param delaying true if a ledger is written only after its rows are synced
     * @param others runs other processes while the calling one is paused
     */
    SimulatedWorld(
            SimulatedDatabase database,
            Oracle oracle,
            Layouts layouts,
            boolean losing,
            boolean delaying,
            Fate fate,
            Census census,
            Runnable others) {
        this(database, oracle, layouts, 0, losing, delaying, fate, new SimulatedNetwork(fate), census, others);
    }

    private SimulatedWorld(
            SimulatedDatabase database,
            Oracle oracle,
            Layouts layouts,
            long begin,
            boolean losing,
            boolean delaying,
            Fate fate,
            SimulatedNetwork network,
            Census census,
            Runnable others) {
        this.database = database;
        this.store = database.newSource();
        this.writes = new CheckedStore(store, oracle, layouts, census);
        this.begin = begin;
        this.losing = losing;
        this.delaying = delaying;
        this.fate = fate;
        this.network = network;
        this.others = others;
    }

    /**
     * Continues with another source in the same database.
     *
     * @param from the first offset of the source
     */
    SimulatedWorld next(Oracle oracle, Layouts layouts, long from, Census census) {
        return new SimulatedWorld(database, oracle, layouts, from, losing, delaying, fate, network, census, others);
    }

    SimulatedStore store() {
        return store;
    }

    /** Returns the ledger of the source; an empty one if none was written yet. */
    Ledger ledger() {
        Ledger found = store.ledgers().read(SimulatedStore.LedgerRow.ONLY);
        return found == null ? new Ledger(throughOffsetBefore(), 0, 0, 0, Map.of()) : found;
    }

    /** Returns the last offset before those of the source. */
    long throughOffsetBefore() {
        return begin - 1;
    }

    Map<RollupKey, Long> lastTimes(Collection<RollupKey> hours) {
        return database.lastTimes(hours);
    }

    CheckedStore writes() {
        return writes;
    }

    Fate fate() {
        return fate;
    }

    SimulatedNetwork network() {
        return network;
    }

    /** Counts a call of a process, so that an endless loop is detected. */
    void step() {
        if (++steps > MAX_STEPS) {
            throw new Violation(Check.PROGRESS, "the life has taken " + MAX_STEPS + " steps without coming to an end");
        }
    }

    long steps() {
        return steps;
    }

    void runOthers() {
        others.run();
    }

    /**
     * Restarts a node of the database. The node loses nothing, or what was not synced, or it was replaced by an older
     * copy or an empty one.
     */
    void restartStore() {
        if (losing && fate.oneIn(2)) {
            int lost = fate.upTo(store.commitLog().unsynced() + 1) - 1;
            if (lost > 0) {
                fate.count(Event.STORE_LOST_WHAT_WAS_NOT_SYNCED);
            }
            store.commitLog().crash(lost, fate.below(100));
            return;
        }
        int losable = losing ? store.commitLog().losable() : 0;
        int lost = fate.oneIn(8) ? losable : Math.min(losable, fate.upTo(losable + 1) - 1);
        if (lost > 0) {
            fate.count(Event.STORE_WENT_BACK);
        }
        store.commitLog().restart(lost);
    }

    boolean areLedgersDelayed() {
        return delaying;
    }

    /** Returns the index of the record at which the next batch of a query begins; 0 if the ledger decides that. */
    int checkpoint(Query query) {
        return checkpoints.getOrDefault(query, 0);
    }

    /** Registers the end of a batch, as Spark does. */
    void committed(Query query, int end) {
        checkpoints.put(query, end);
    }

    /** Registers that a query has failed and is started again: the ledger outranks the checkpoint. */
    void restarted(Query query) {
        checkpoints.remove(query);
    }

    /**
     * Registers the process that opened the source last for a query; returns true if another process held it before.
     */
    boolean takeSource(SimulatedConnection by) {
        SimulatedConnection before = holders.put(by.query(), by);
        return before != null && before != by;
    }

    /**
     * Returns true if no other process has opened the source since. A process that has lost the source may not know,
     * and go on writing.
     */
    boolean holdsSource(SimulatedConnection process) {
        return holders.get(process.query()) == process;
    }
}
