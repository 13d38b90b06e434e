package io.weir.benchmarks.latency;

import io.weir.core.rollup.Resolution;
import io.weir.storage.ReadTables;
import io.weir.storage.raw.RawReading;
import io.weir.storage.read.ScopedMetric;
import io.weir.storage.rollup.SourceRollup;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The reads of probes. Times are event times in milliseconds since the epoch. Thread-safe. */
public interface ProbedTables {

    /** Returns the times of the raw rows in [from, to). */
    Set<Long> rawTimes(ScopedMetric series, long from, long to);

    /** Returns the number of readings in the hour rollups that start in [from, to). */
    long countByHour(ScopedMetric series, long from, long to);

    /** Returns whether rollups are written; otherwise probes do not wait for them. */
    boolean hasRollups();

    /** Returns the reads of Weir's tables. */
    static ProbedTables of(ReadTables tables) {
        return new ProbedTables() {
            @Override
            public Set<Long> rawTimes(ScopedMetric series, long from, long to) {
                try (Stream<RawReading> rows = tables.raw().read(series, from, to)) {
                    return rows.map(row -> row.reading().time()).collect(Collectors.toSet());
                }
            }

            @Override
            public long countByHour(ScopedMetric series, long from, long to) {
                try (Stream<SourceRollup> rows = tables.rollups().read(series, Resolution.HOUR, from, to)) {
                    return rows.mapToLong(row -> row.rollup().count()).sum();
                }
            }

            @Override
            public boolean hasRollups() {
                return true;
            }
        };
    }
}
