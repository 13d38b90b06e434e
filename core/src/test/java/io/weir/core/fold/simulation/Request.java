package io.weir.core.fold.simulation;

import io.weir.core.fold.port.PendingWrite;
import io.weir.core.fold.port.TablesException;

/** A request of rows that one process has sent together; the rows arrive separately. */
final class Request implements PendingWrite {

    private final SimulatedConnection sender;
    private int pendingRows;
    private boolean failed;

    Request(SimulatedConnection sender, int rows) {
        this.sender = sender;
        this.pendingRows = rows;
    }

    SimulatedConnection sender() {
        return sender;
    }

    void applied() {
        pendingRows--;
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
        return pendingRows == 0;
    }

    @Override
    public void await() {
        while (!isDurable()) {
            sender.awaitOther();
        }
    }
}
