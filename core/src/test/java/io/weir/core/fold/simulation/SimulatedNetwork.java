package io.weir.core.fold.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * The writes in flight between all processes and the database: delivered one by one in any order, some long after those
 * sent with them; lost; or delayed until long after their sender has given up or died.
 */
final class SimulatedNetwork {

    /** A row in flight, or several that are applied atomically. */
    static final class Write {

        private final Request request;
        private final Runnable apply;
        private boolean wasApplied;

        Write(Request request, Runnable apply) {
            this.request = request;
            this.apply = apply;
        }
    }

    private final List<Write> inFlight = new ArrayList<>();
    private final List<Write> slow = new ArrayList<>();
    private final List<Write> delayed = new ArrayList<>();
    private final Fate fate;

    SimulatedNetwork(Fate fate) {
        this.fate = fate;
    }

    void send(Write write) {
        (fate.oneIn(10) ? slow : inFlight).add(write);
    }

    /** Delivers some of the writes in flight, or none. */
    void deliverSome() {
        for (int some = fate.below(inFlight.size() + 1) / 2; some > 0; some--) {
            deliverOne();
        }
    }

    /** Delivers one of the writes in flight, and now and then a delayed one. */
    void deliverOne() {
        boolean hurried = slow.isEmpty() || (!inFlight.isEmpty() && !fate.oneIn(20));
        if (!(hurried ? inFlight : slow).isEmpty()) {
            deliver(takeAny(hurried ? inFlight : slow));
        }
        if (!delayed.isEmpty() && fate.oneIn(30)) {
            apply(takeAny(delayed));
        }
    }

    /** Handles the writes in flight of a dead process: each is lost, or may arrive at any time. */
    void abandon(SimulatedConnection sender) {
        for (List<Write> writes : List.of(inFlight, slow)) {
            for (Write write : List.copyOf(writes)) {
                if (write.request.sender() == sender) {
                    writes.remove(write);
                    loseOrDelay(write);
                }
            }
        }
    }

    private void loseOrDelay(Write write) {
        if (fate.oneIn(2)) {
            fate.count(Event.WRITE_OF_A_DEAD_PROCESS_LOST);
        } else {
            delayed.add(write);
        }
    }

    /** Delivers all writes in flight and all delayed ones. */
    void drain() {
        delayed.addAll(inFlight);
        delayed.addAll(slow);
        inFlight.clear();
        slow.clear();
        while (!delayed.isEmpty()) {
            apply(takeAny(delayed));
        }
    }

    /**
     * Delivers most of what dead processes have sent, half of it not for the last time. The rest is delivered at any
     * time.
     */
    void deliverDelayed() {
        List<Write> later = new ArrayList<>();
        while (!delayed.isEmpty()) {
            Write write = takeAny(delayed);
            boolean first = !write.wasApplied && fate.oneIn(4);
            if (!first) {
                apply(write);
            }
            if (first || fate.oneIn(2)) {
                later.add(write);
            }
        }
        delayed.addAll(later);
    }

    private void deliver(Write write) {
        if (fate.strikes(Event.WRITE_FAILED_AND_LOST)) {
            write.request.fail();
        } else if (fate.strikes(Event.WRITE_FAILED_AND_DELAYED)) {
            write.request.fail();
            delayed.add(write);
        } else if (fate.strikes(Event.WRITE_FAILED_YET_APPLIED)) {
            write.request.fail();
            apply(write);
        } else {
            apply(write);
        }
    }

    private void apply(Write write) {
        write.apply.run();
        if (!write.wasApplied) {
            write.wasApplied = true;
            write.request.applied();
            if (fate.strikes(Event.WRITE_LANDED_AGAIN)) {
                delayed.add(write);
            }
        }
        if (write.request.sender().isDead()) {
            fate.count(Event.WRITE_OF_A_DEAD_PROCESS_DELIVERED);
        }
    }

    private Write takeAny(List<Write> writes) {
        int last = writes.size() - 1;
        int taken = fate.below(last + 1);
        Write write = writes.get(taken);
        writes.set(taken, writes.get(last));
        writes.remove(last);
        return write;
    }
}
