package io.weir.core.fold.engine;

import io.weir.core.fold.port.ElementPosition;
import io.weir.core.fold.port.LogRecord;
import io.weir.core.fold.port.StoredReading;
import io.weir.core.fold.rollup.CachedRow;
import io.weir.core.reading.Reading;
import java.util.List;

/**
 * A reading that passes the rules, with the cache entries of the rows that it may be folded into.
 *
 * @param rows in a fold that decides, the last entry is the device's hour
 */
record Candidate(LogRecord record, int index, Reading reading, List<? extends CachedRow<?>> rows) {

    /** Returns true if no record before this step can have brought a reading with this device, metric and time. */
    boolean isCertainlyNew() {
        return rows.get(rows.size() - 1).isAfterLast(reading.time());
    }

    ElementPosition position() {
        return new ElementPosition(record.offset(), index);
    }

    StoredReading stored() {
        return new StoredReading(reading, record.offset(), record.timestamp());
    }
}
