package io.weir.core.fold;

/** All tables, as the fold sees them that feeds them all: its {@link #writeReadings} writes to both raw tables. */
public interface SourceTables extends DecisionTables, RollupStore {}
