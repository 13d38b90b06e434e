package io.weir.core.fold.simulation;

import java.util.function.Predicate;

/** A row that must be in the tables before a ledger may account for its offset. */
final class Fact {

    private final long offset;
    private final Object row;
    private final Predicate<SimulatedStore> isIn;

    Fact(long offset, Object row, Predicate<SimulatedStore> isIn) {
        this.offset = offset;
        this.row = row;
        this.isIn = isIn;
    }

    long offset() {
        return offset;
    }

    boolean isIn(SimulatedStore store) {
        return isIn.test(store);
    }

    @Override
    public String toString() {
        return row + " of offset " + offset;
    }
}
