package io.weir.benchmarks.steady;

import com.datastax.oss.driver.api.core.DriverException;
import io.weir.benchmarks.latency.ProbedTables;
import io.weir.core.fold.port.TablesException;
import io.weir.storage.read.ScopedMetric;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Returns nothing if an overloaded node does not answer, and counts these cases: probes poll again, and the time is
 * part of the measured latency. Thread-safe.
 */
final class TolerantTables implements ProbedTables {

    private final ProbedTables tables;
    private final AtomicLong unanswered = new AtomicLong();

    TolerantTables(ProbedTables tables) {
        this.tables = tables;
    }

    /** Returns the number of unanswered polls. */
    long unanswered() {
        return unanswered.get();
    }

    @Override
    public Set<Long> rawTimes(ScopedMetric series, long from, long to) {
        return answered(() -> tables.rawTimes(series, from, to), Set.of());
    }

    @Override
    public long countByHour(ScopedMetric series, long from, long to) {
        return answered(() -> tables.countByHour(series, from, to), 0L);
    }

    @Override
    public boolean hasRollups() {
        return tables.hasRollups();
    }

    private <T> T answered(Supplier<T> look, T nothing) {
        try {
            return look.get();
        } catch (TablesException | DriverException e) {
            unanswered.incrementAndGet();
            return nothing;
        }
    }
}
