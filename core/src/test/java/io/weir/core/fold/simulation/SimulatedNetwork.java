package io.weir.core.fold.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * The writes under way between all processes and the database: delivered one by one in any order, some long after those
 * that were sent with them, lost, or delayed until long after their sender has given up or died.
 */
final class SimulatedNetwork {

    /** A row on its way, or several that land together. */
    static final class Write {

        private final Request request;
        private final Runnable apply;
        private boolean hasLanded;

        Write(Request request, Runnable apply) {
            this.request = request;
            this.apply = apply;
        }
    }

    private final List<Write> underWay = new ArrayList<>();
    private final List<Write> slow = new ArrayList<>();
    private final List<Write> delayed = new ArrayList<>();
    private final Fate fate;

    SimulatedNetwork(Fate fate) {
        this.fate = fate;
    }

    void send(Write write) {
        (fate.oneIn(10) ? slow : underWay).add(write);
    }

    /** Delivers some of the writes under way, or none. */
    void deliverSome() {
        for (int some = fate.below(underWay.size() + 1) / 2; some > 0; some--) {
            deliverOne();
        }
    }

    /** Delivers one of the writes under way, and now and then a delayed one. */
    void deliverOne() {
        boolean hurried = slow.isEmpty() || (!underWay.isEmpty() && !fate.oneIn(20));
        if (!(hurried ? underWay : slow).isEmpty()) {
            deliver(takeAny(hurried ? underWay : slow));
        }
        if (!delayed.isEmpty() && fate.oneIn(30)) {
            apply(takeAny(delayed));
        }
    }

    /** What a dead process had under way may be lost, or arrive at any time. */
    void abandon(SimulatedConnection sender) {
        for (List<Write> writes : List.of(underWay, slow)) {
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

    /** Delivers whatever there is, and delays nothing any more. */
    void drain() {
        delayed.addAll(underWay);
        delayed.addAll(slow);
        underWay.clear();
        slow.clear();
        while (!delayed.isEmpty()) {
            apply(takeAny(delayed));
        }
    }

    /** Delivers everything that dead processes have sent. Half of it is delivered once more, at any time. */
    void settle() {
        List<Write> again = new ArrayList<>();
        while (!delayed.isEmpty()) {
            Write write = takeAny(delayed);
            apply(write);
            if (fate.oneIn(2)) {
                again.add(write);
            }
        }
        delayed.addAll(again);
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
        if (!write.hasLanded) {
            write.hasLanded = true;
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
