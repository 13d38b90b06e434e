package io.weir.benchmarks.steady;

import io.weir.benchmarks.latency.ProbedTables;
import io.weir.storage.ReadTables;
import io.weir.storage.read.ScopedMetric;
import java.util.Set;

/** Weir's raw tables, without rollups. */
final class RawProbedTables implements ProbedTables {

    private final ProbedTables tables;

    RawProbedTables(ReadTables tables) {
        this.tables = ProbedTables.of(tables);
    }

    @Override
    public Set<Long> rawTimes(ScopedMetric series, long from, long to) {
        return tables.rawTimes(series, from, to);
    }

    @Override
    public long countByHour(ScopedMetric series, long from, long to) {
        return tables.countByHour(series, from, to);
    }

    @Override
    public boolean hasRollups() {
        return false;
    }
}
