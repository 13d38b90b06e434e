package io.weir.query.verify;

import io.weir.core.rollup.Scope;
import io.weir.storage.PartitionScan;
import io.weir.storage.raw.RawPartition;
import io.weir.storage.raw.RawReading;
import io.weir.storage.read.ScopedMetric;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Checks months of several series of one scope together, because one request can read the raw partitions of many.
 * Not thread-safe.
 */
final class MonthBatch {

    /** The number of rollup rows from which a batch is full: those of about a month of hours. */
    private static final int MAX_ROWS = 1000;

    private final Scope scope;
    private final PartitionScan tables;
    private final Map<ScopedMetric, MonthCheck> checks = new LinkedHashMap<>();
    private int rows;

    MonthBatch(Scope scope, PartitionScan tables) {
        this.scope = scope;
        this.tables = tables;
    }

    /**
     * Adds a check, and runs the batch when it is full.
     *
     * @param ofRows the number of rollup rows of the check
     */
    void add(MonthCheck check, int ofRows) {
        if (checks.containsKey(check.of())) {
            run(); // two months of a series may share a raw partition
        }
        checks.put(check.of(), check);
        rows += ofRows;
        if (rows >= MAX_ROWS) {
            run();
        }
    }

    /** Runs the checks in the batch. */
    void run() {
        List<RawPartition> partitions = checks.values().stream()
                .flatMap(check -> check.partitions().stream())
                .toList();
        try (Stream<RawReading> raw = tables.raw(scope, partitions)) {
            raw.forEach(this::see);
        }
        checks.values().forEach(MonthCheck::finish);
        checks.clear();
        rows = 0;
    }

    private void see(RawReading raw) {
        MonthCheck check = checks.get(ScopedMetric.of(scope, raw.reading()));
        if (check == null) {
            throw new IllegalStateException("found " + raw + ", which is of none of the series that were asked for");
        }
        check.see(raw);
    }
}
