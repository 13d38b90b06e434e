package io.weir.core.fold.simulation;

import io.weir.core.fold.port.StoredReading;
import io.weir.core.reading.ReadingKey;
import org.jspecify.annotations.Nullable;

/**
 * An operator's change of one reading in both raw tables.
 *
 * @param before the row before the change; null if it is added
 * @param after the row after the change; null if it is removed
 * @param timestamp the write timestamp of the statement: later than those of all records so far
 */
record Repair(@Nullable StoredReading before, @Nullable StoredReading after, long timestamp) {

    ReadingKey key() {
        return either().reading().key();
    }

    /** Returns the row after the change, or before it if the row is removed. */
    StoredReading either() {
        return after == null ? before : after;
    }

    Event event() {
        if (before == null) {
            return Event.RAW_ROW_ADDED;
        }
        return after == null ? Event.RAW_ROW_REMOVED : Event.RAW_ROW_CHANGED;
    }

    void perform(SimulatedStore store) {
        SimulatedStore.GroupRow ofGroup = SimulatedStore.GroupRow.of(either());
        if (after == null) {
            store.rawByDevice().delete(key(), timestamp);
            store.rawByGroup().delete(ofGroup, timestamp);
        } else {
            store.rawByDevice().write(key(), after, timestamp);
            store.rawByGroup().write(ofGroup, after, timestamp);
        }
    }
}
