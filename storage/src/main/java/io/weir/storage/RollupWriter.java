package io.weir.storage;

import io.weir.core.fold.PendingWrite;
import io.weir.core.fold.RollupRow;
import java.util.Collection;

/** A way for rollups into their tables. The rows and their write times are the same on each. Thread-safe. */
interface RollupWriter {

    /** Writes rows as they are now: what becomes of them once this has returned is not written. */
    PendingWrite write(int source, Collection<RollupRow> rows);
}
