package io.weir.core.fold.port;

import io.weir.core.rollup.RollupKey;
import java.util.Collection;
import java.util.Map;

/** The tables of a fold that decides, and leaves everything but the readings by device to followers. */
public interface DeciderTables extends DecisionTables {

    /**
     * Returns the latest event time in the raw table of each hour of a device, in milliseconds since the epoch; hours
     * without a reading are absent. May return a time of another source that is later than this source's own: it only
     * causes more look-ups.
     */
    Map<RollupKey, Long> readLastTimes(Collection<RollupKey> hours);

    /** Writes the readings that followers must skip. */
    PendingWrite writeExceptions(Collection<SkippedReading> excepted);
}
