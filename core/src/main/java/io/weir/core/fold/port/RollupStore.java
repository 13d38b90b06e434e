package io.weir.core.fold.port;

import io.weir.core.rollup.RollupKey;
import java.util.Collection;
import java.util.Map;

/** The rollup rows of one source. Reads and writes behave as in {@link DecisionTables}. */
public interface RollupStore {

    /** Returns the rows that exist; keys without a row are absent. */
    Map<RollupKey, RollupRow> readRollups(Collection<RollupKey> keys);

    /** Writes the rows as they are now; later changes to them are not part of the write. */
    PendingWrite writeRollups(Collection<RollupRow> rows);
}
