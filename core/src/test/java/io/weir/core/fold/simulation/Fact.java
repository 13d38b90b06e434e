package io.weir.core.fold.simulation;

import java.util.function.Predicate;

/** Something that must be in the tables before a ledger may account for its offset. */
final class Fact {

    private final long offset;
    private final Object what;
    private final Predicate<SimulatedStore> isIn;

    Fact(long offset, Object what, Predicate<SimulatedStore> isIn) {
        this.offset = offset;
        this.what = what;
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
        return what + " of offset " + offset;
    }
}
