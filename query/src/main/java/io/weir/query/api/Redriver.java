package io.weir.query.api;

import io.weir.storage.StoredRejection;
import io.weir.storage.read.RejectedFilter;
import java.util.Map;
import java.util.function.Predicate;

/** Publishes rejected readings again, at an operator's request. Thread-safe. */
public interface Redriver {

    /**
     * What came of it.
     *
     * @param redriven so many were published, and are marked
     * @param left so many were left as they are
     * @param reasons why, and how many each
     */
    record Redriven(long redriven, long left, Map<String, Long> reasons) {}

    /**
     * Publishes those that the filter takes and that are chosen, and returns when they are marked.
     *
     * @throws io.weir.core.fold.TablesException if one could not be read or marked
     * @throws io.weir.query.LogUnreachableException if the log does not take them
     */
    Redriven redrive(RejectedFilter filter, Predicate<StoredRejection> chosen);
}
