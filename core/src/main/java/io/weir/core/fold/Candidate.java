package io.weir.core.fold;

import io.weir.core.reading.Reading;
import io.weir.core.rollup.RollupKey;
import java.util.List;

/**
 * A reading that keeps the rules, and the rollups that a fold needs for it.
 *
 * @param keys where readings are decided, the device's hour comes first
 */
record Candidate(LogRecord record, int index, Reading reading, List<RollupKey> keys) {

    RollupKey hourOfDevice() {
        return keys.get(0);
    }

    StoredReading stored() {
        return new StoredReading(reading, record.offset(), record.timestamp());
    }
}
