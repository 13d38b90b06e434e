package io.weir.storage.read;

import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Scope;
import java.util.stream.Stream;

/**
 * Finds which partitions the tables hold, in no useful order. Streams are read page by page while they are consumed, by
 * one thread. Reading throws {@link io.weir.core.fold.TablesException} when the tables cannot be reached.
 */
public interface PartitionScan {

    Stream<RollupPartition> rollups(Scope scope, Resolution resolution, TokenSlice slice);

    Stream<RawPartition> raw(Scope scope, TokenSlice slice);
}
