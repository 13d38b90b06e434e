package io.weir.core.fold;

import io.weir.core.reading.Reading;
import java.util.List;

/**
 * A reading that keeps the rules, and the rows that it may be folded into.
 *
 * @param rows where readings are decided, the device's hour comes last
 */
record Candidate(LogRecord record, int index, Reading reading, List<? extends CachedRow<?>> rows) {

    /** Whether no record before this step can have brought a reading of this series and time. */
    boolean isNews() {
        return rows.get(rows.size() - 1).isNews(reading.time());
    }

    ElementPosition position() {
        return new ElementPosition(record.offset(), index);
    }

    StoredReading stored() {
        return new StoredReading(reading, record.offset(), record.timestamp());
    }
}
