package io.weir.storage.rollup;

import io.weir.core.rollup.RollupKey;
import io.weir.core.rollup.Scope;
import io.weir.storage.schema.PartitionLayout;

/** The key of a rollup partition, which contains all metrics. The three tables of a scope use the same key. */
record RollupPartition(Scope scope, String id, int bucket) {

    static RollupPartition of(RollupKey key, PartitionLayout layout) {
        return new RollupPartition(key.scope(), key.id(), layout.rollupBucketOf(key.window()));
    }
}
