package io.weir.storage;

import io.weir.core.rollup.RollupKey;
import io.weir.core.rollup.Scope;

/** The key of a partition of rollups: the tables of one scope have it in common. */
record RollupPartition(Scope scope, String id, String metric, int bucket) {

    static RollupPartition of(RollupKey key, PartitionLayout layout) {
        return new RollupPartition(key.scope(), key.id(), key.metric(), layout.rollupBucketOf(key.window()));
    }
}
