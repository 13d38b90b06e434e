package io.weir.core.fold.simulation;

import io.weir.core.fold.port.PendingWrite;
import io.weir.core.fold.port.StoreEpoch;
import io.weir.core.fold.port.TablesException;
import java.util.List;

/**
 * The database connection of one process. At every call, and between any two deliveries that it waits for, the process
 * may crash, or pause while others take its source; any call may fail.
 */
final class SimulatedConnection {

    /** Thrown to end the code of a process that crashes. */
    static final class Crash extends RuntimeException {}

    private final SimulatedWorld world;
    private final Query query;
    private boolean opened;
    private boolean dead;
    private StoreEpoch lastEpochRead = new StoreEpoch("");
    private StoreEpoch openedIn = lastEpochRead;

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

    /** Lets something happen elsewhere: a write arrives, or other processes run. */
    void awaitOther() {
        dieOrPause();
        world.network().deliverOne();
    }

    /** Starts to read a ledger, and takes the source from the process that holds it. */
    void takeSource() {
        call(Event.LEDGER_READ_TIMED_OUT);
        if (world.takeSource(this)) {
            world.fate()
                    .count(opened ? Event.SOURCE_MOVED_BACK_TO_AN_OLDER_PROCESS : Event.SOURCE_MOVED_TO_A_NEW_PROCESS);
        }
        opened = true;
        openedIn = lastEpochRead;
    }

    /** Returns the epoch that the process read when it opened the source. */
    StoreEpoch openedIn() {
        return openedIn;
    }

    StoreEpoch readEpoch() {
        call(Event.EPOCH_READ_TIMED_OUT);
        lastEpochRead = world.store().epoch();
        dieOrPause();
        return lastEpochRead;
    }

    /** Sends rows, either each as its own mutation or all as one mutation, which is applied atomically. */
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
     * Sends a write that fails if it arrives in another epoch, and that waits until everything written so far is
     * synced.
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
