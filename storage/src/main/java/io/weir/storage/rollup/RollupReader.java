package io.weir.storage.rollup;

import io.weir.core.rollup.Resolution;
import io.weir.storage.read.ScopedMetric;
import java.util.stream.Stream;

/**
 * Reads the rollup tables, in order of window start and source. Streams are read page by page while they are consumed,
 * by one thread. Reading throws {@link io.weir.core.fold.port.TablesException} if the tables cannot be reached.
 */
public interface RollupReader {

    /** Returns the rows of windows that start in [from, to), in milliseconds since the epoch. */
    Stream<SourceRollup> read(ScopedMetric of, Resolution resolution, long from, long to);
}
