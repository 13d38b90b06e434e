package io.weir.core.fold.simulation;

import io.weir.core.fold.PendingWrite;
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
    }

    PendingWrite send(List<Runnable> writes) {
        call(Event.WRITE_REFUSED);
        if (!world.holdsSource(this)) {
            world.fate().count(Event.ZOMBIE_WENT_ON_WRITING);
        }
        Request request = new Request(this, writes.size());
        writes.forEach(write -> world.network().send(new SimulatedNetwork.Write(request, write)));
        world.network().deliverSome();
        return request;
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
        if (world.fate().strikes(Event.PAUSE)) {
            world.runOthers();
        }
    }
}
