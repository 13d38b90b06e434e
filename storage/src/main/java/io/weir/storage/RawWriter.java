package io.weir.storage;

import io.weir.core.fold.PendingWrite;
import io.weir.core.fold.StoredReading;
import io.weir.core.rollup.Scope;
import java.util.Collection;
import java.util.Set;

/** A way for accepted readings into the raw tables. The rows and their write times are the same on each. Thread-safe. */
interface RawWriter {

    /**
     * Writes each reading to one raw table or to both.
     *
     * @param tables by device, by group
     * @param readings must not change any more
     */
    PendingWrite write(int source, Set<Scope> tables, Collection<StoredReading> readings);
}
