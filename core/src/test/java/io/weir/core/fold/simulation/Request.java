package io.weir.core.fold.simulation;

import io.weir.core.fold.PendingWrite;
import io.weir.core.fold.TablesException;

/** Rows that one process has sent together; they travel alone. */
final class Request implements PendingWrite {

    private final SimulatedConnection sender;
    private int underWay;
    private boolean failed;

    Request(SimulatedConnection sender, int rows) {
        this.sender = sender;
        this.underWay = rows;
    }

    SimulatedConnection sender() {
        return sender;
    }

    void applied() {
        underWay--;
    }

    void fail() {
        failed = true;
    }

    @Override
    public boolean isDurable() {
        sender.world().step();
        if (failed) {
            throw new TablesException("simulated: a write has failed");
        }
        return underWay == 0;
    }

    @Override
    public void await() {
        while (!isDurable()) {
            sender.waitABit();
        }
    }
}
