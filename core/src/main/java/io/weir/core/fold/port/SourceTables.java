package io.weir.core.fold.port;

import java.util.function.Consumer;

/** All tables, for a fold that feeds them all: {@link #writeReadings} writes to both raw tables. */
public interface SourceTables extends DecisionTables, RollupStore {

    /**
     * Passes the source's raw rows of a device or a group to a consumer, from the raw table partitioned by it. The
     * order depends only on the rows; few rows are in memory at a time.
     */
    void readReadings(RawSpan span, Consumer<ArrivedReading> reader);
}
