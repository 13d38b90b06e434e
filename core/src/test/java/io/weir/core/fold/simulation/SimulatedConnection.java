package io.weir.core.fold.simulation;

import io.weir.core.fold.PendingWrite;
import io.weir.core.fold.StoreEpoch;
import io.weir.core.fold.TablesException;
import java.util.List;

/**
 * One process's connection to the database. At every call, and between any two deliveries that it waits for, the process
 * may crash, or pause while others take its source; any call may fail.
 */
final class SimulatedConnection {

    /** What a crashed process leaves its code with. */
    static final class Crash extends RuntimeException {}

    private final SimulatedWorld world;
    private final Query query;
    private boolean opened;
    private boolean dead;
    private StoreEpoch asked = new StoreEpoch("");
    private StoreEpoch openedIn = asked;

    SimulatedConnection(SimulatedWorld world, Query query) {
        this.world = world;
        this.query = query;
    }

    SimulatedWorld world() {
        return world;
    }

    Query query() {
        return query;
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

    /** Begins to read a ledger, and with it takes the source from whoever has it. */
    void takeSource() {
        call(Event.LEDGER_READ_TIMED_OUT);
        if (world.takeSource(this)) {
            world.fate()
                    .count(opened ? Event.SOURCE_MOVED_BACK_TO_AN_OLDER_PROCESS : Event.SOURCE_MOVED_TO_A_NEW_PROCESS);
        }
        opened = true;
        openedIn = asked;
    }

    /** The epoch in which this process has opened the source, as it was told. */
    StoreEpoch openedIn() {
        return openedIn;
    }

    StoreEpoch readEpoch() {
        call(Event.EPOCH_READ_TIMED_OUT);
        asked = world.store().epoch();
        dieOrPause();
        return asked;
    }

    /** Sends rows: each as a mutation of its own, or all as one mutation, whose rows appear at once. */
    PendingWrite send(List<Runnable> writes) {
        boolean asOne = writes.size() > 1 && world.fate().oneIn(8);
        if (asOne) {
            world.fate().count(Event.ROWS_LANDED_AS_ONE);
        }
        List<Runnable> units = asOne ? List.of(() -> writes.forEach(Runnable::run)) : writes;
        Request request = request(units.size());
        units.forEach(unit -> world.network().send(new SimulatedNetwork.Write(request, unit)));
        world.network().deliverSome();
        return request;
    }

    /**
     * Sends a write that fails where it arrives in another epoch, and waits until all that is written by now is synced.
     */
    PendingWrite sendIn(StoreEpoch epoch, Runnable write) {
        Request request = request(1);
        int written = world.store().commitLog().end();
        world.network().send(new SimulatedNetwork.Write(request, () -> {
            if (world.store().epoch().equals(epoch)) {
                if (world.areLedgersDelayed()) {
                    world.store().commitLog().syncTo(written);
                }
                write.run();
            } else {
                world.fate().count(Event.LEDGER_REFUSED_IN_ANOTHER_EPOCH);
                request.fail();
            }
        }));
        world.network().deliverSome();
        return request;
    }

    private Request request(int writes) {
        call(Event.WRITE_REFUSED);
        if (!world.holdsSource(this)) {
            world.fate().count(Event.ZOMBIE_WENT_ON_WRITING);
        }
        return new Request(this, writes);
    }

    void call(Event failure) {
        dieOrPause();
        if (world.fate().strikes(failure)) {
            throw new TablesException("simulated: " + failure.label());
        }
    }

    void dieOrPause() {
        world.step();
        if (world.fate().strikes(Event.CRASH)) {
            throw new Crash();
        }
        if (world.fate().strikes(Event.STORE_RESTARTED)) {
            world.restartStore();
        }
        if (world.fate().strikes(Event.PAUSE)) {
            world.runOthers();
        }
    }
}
