package io.weir.storage.read;

import com.datastax.oss.driver.api.core.cql.Row;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;

/** Finds the buckets that have a partition, before each is read. */
public final class ExistingBuckets {

    private ExistingBuckets() {}

    /**
     * Returns the existing buckets in order, and reads them while they are consumed.
     *
     * @param read reads the existing partitions of some buckets
     * @param bucketOf returns the bucket of such a partition
     */
    public static <B extends Comparable<B>> Iterator<B> of(
            List<B> buckets, Function<List<B>, Iterator<Row>> read, Function<Row, B> bucketOf) {
        return new Flattened<>(
                new Chunks<>(buckets, InParts.MAX_VALUES), candidates -> existing(candidates, read, bucketOf));
    }

    private static <B extends Comparable<B>> Iterator<B> existing(
            List<B> candidates, Function<List<B>, Iterator<Row>> read, Function<Row, B> bucketOf) {
        if (candidates.size() == 1) {
            return candidates.iterator(); // reading it shows whether it exists
        }
        TreeSet<B> found = new TreeSet<>();
        read.apply(candidates).forEachRemaining(row -> found.add(bucketOf.apply(row)));
        return found.iterator();
    }
}
