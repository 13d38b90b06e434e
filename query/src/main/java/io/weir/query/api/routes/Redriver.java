package io.weir.query.api.routes;

import io.weir.storage.rejected.RejectedFilter;
import io.weir.storage.rejected.StoredRejection;
import java.util.Map;
import java.util.function.Predicate;

/** Publishes rejected readings again. Thread-safe. */
public interface Redriver {

    /**
     * The result of a redrive.
     *
     * @param redriven the number of readings that were published and marked
     * @param left the number of readings that were skipped
     * @param reasons the reasons of skipped readings, with counts
     */
    record Redriven(long redriven, long left, Map<String, Long> reasons) {}

    /**
     * Publishes the readings that match the filter and the predicate, and returns when they are marked.
     *
     * @throws io.weir.core.fold.port.TablesException if one could not be read or marked
     * @throws io.weir.query.log.LogUnreachableException if they could not be published
     */
    Redriven redrive(RejectedFilter filter, Predicate<StoredRejection> chosen);
}
