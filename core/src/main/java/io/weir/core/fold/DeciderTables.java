package io.weir.core.fold;

import io.weir.core.rollup.RollupKey;
import java.util.Collection;
import java.util.Map;

/** The tables, as a fold sees them that decides and leaves all but the readings by device to followers. */
public interface DeciderTables extends DecisionTables {

    /**
     * Returns the latest event times that the raw table holds in hours of devices; hours without a reading are absent. A
     * later time than this source's own is as good: more readings are looked up then.
     */
    Map<RollupKey, Long> readLastTimes(Collection<RollupKey> hours);

    /** Writes what followers have to leave out. */
    PendingWrite writeExceptions(Collection<ExceptedReading> excepted);
}
