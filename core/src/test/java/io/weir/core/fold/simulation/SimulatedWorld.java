package io.weir.core.fold.simulation;

import org.jspecify.annotations.Nullable;

/** What all processes share: the tables, the network before them, chance, and the source that they take from another. */
final class SimulatedWorld {

    private final SimulatedStore store;
    private final CheckedStore writes;
    private final Fate fate;
    private final SimulatedNetwork network;
    private final Runnable others;
    private @Nullable SimulatedTables holder;

    /**
     * Begins with empty tables.
     *
     * @param others runs other processes while the one that calls it stands still
     */
    SimulatedWorld(Oracle oracle, Fate fate, Census census, Runnable others) {
        this.store = SimulatedStore.empty(census);
        this.writes = new CheckedStore(store, oracle, census);
        this.fate = fate;
        this.network = new SimulatedNetwork(fate);
        this.others = others;
    }

    SimulatedStore store() {
        return store;
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

    void runOthers() {
        others.run();
    }

    /** Notes who has opened the source last; returns whether it was another's before. */
    boolean takeSource(SimulatedTables by) {
        boolean moved = holder != null && holder != by;
        holder = by;
        return moved;
    }

    /** Whether nobody has opened the source since. A process that has lost it may not know, and go on. */
    boolean holdsSource(SimulatedTables process) {
        return holder == process;
    }
}
