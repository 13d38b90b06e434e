package io.weir.core.fold.simulation;

import io.weir.core.fold.Ledger;
import io.weir.core.rollup.RollupKey;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/**
 * What all processes share: the tables, the network before them, chance, and the source that they take from each other.
 */
final class SimulatedWorld {

    /** Many times as many as any life takes: whoever takes more goes round in circles. */
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
     * Begins with empty tables and the first source.
     *
     * @param losing whether the database may lose what it has acknowledged
     * @param delaying whether a ledger is written only when the rows beneath it are synced
     * @param others runs other processes while the one that calls it stands still
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
     * Begins with another source in the same database.
     *
     * @param from the first offset that is the source's
     */
    SimulatedWorld next(Oracle oracle, Layouts layouts, long from, Census census) {
        return new SimulatedWorld(database, oracle, layouts, from, losing, delaying, fate, network, census, others);
    }

    SimulatedStore store() {
        return store;
    }

    /** Returns the ledger of the source, which may be the one that it begins with. */
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

    /** Counts a call of a process, so that one which never comes to an end is noticed. */
    void step() {
        if (++steps > MAX_STEPS) {
            throw new Violation(Check.PROGRESS, "the life has taken " + MAX_STEPS + " steps without coming to its end");
        }
    }

    long steps() {
        return steps;
    }

    void runOthers() {
        others.run();
    }

    /**
     * A node of the database restarts. It has lost nothing, what was not synced, or it was replaced by an older copy or
     * an empty one.
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

    /** Returns the index of the record that the next batch of a query begins with; 0 if that is the ledger's to say. */
    int checkpoint(Query query) {
        return checkpoints.getOrDefault(query, 0);
    }

    /** Notes where a batch has ended, as Spark does. */
    void committed(Query query, int end) {
        checkpoints.put(query, end);
    }

    /** A query has failed and is started again: the ledger outranks the checkpoint. */
    void restarted(Query query) {
        checkpoints.remove(query);
    }

    /** Notes who has opened the source last for a query; returns whether it was another's before. */
    boolean takeSource(SimulatedConnection by) {
        SimulatedConnection before = holders.put(by.query(), by);
        return before != null && before != by;
    }

    /** Whether nobody has opened the source since. A process that has lost it may not know, and go on. */
    boolean holdsSource(SimulatedConnection process) {
        return holders.get(process.query()) == process;
    }
}
