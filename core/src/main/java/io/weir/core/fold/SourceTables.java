package io.weir.core.fold;

import java.util.function.Consumer;

/** All tables, as the fold sees them that feeds them all: its {@link #writeReadings} writes to both raw tables. */
public interface SourceTables extends DecisionTables, RollupStore {

    /**
     * Passes the source's raw rows of a device or a group on, from the raw table that is cut by it: in an order that
     * depends on nothing but the rows, and never many of them in memory.
     */
    void readReadings(RawSpan span, Consumer<ArrivedReading> reader);
}
