package io.weir.storage.read;

import com.datastax.oss.driver.api.core.cql.Row;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;

/** Finds those of many buckets that have a partition, before each is read. */
final class ExistingBuckets {

    private static final int MAX_NAMED = 100;

    private ExistingBuckets() {}

    /**
     * Returns them in order, asking while they are used up.
     *
     * @param ask for the partitions that there are of the buckets that it is given
     * @param bucketOf the bucket of such a partition
     */
    static <B extends Comparable<B>> Iterator<B> of(
            List<B> buckets, Function<List<B>, Iterator<Row>> ask, Function<Row, B> bucketOf) {
        return new Flattened<>(new Chunks<>(buckets, MAX_NAMED), named -> existing(named, ask, bucketOf));
    }

    private static <B extends Comparable<B>> Iterator<B> existing(
            List<B> named, Function<List<B>, Iterator<Row>> ask, Function<Row, B> bucketOf) {
        if (named.size() == 1) {
            return named.iterator(); // to read it is to see whether it is there
        }
        TreeSet<B> found = new TreeSet<>();
        ask.apply(named).forEachRemaining(row -> found.add(bucketOf.apply(row)));
        return found.iterator();
    }
}
