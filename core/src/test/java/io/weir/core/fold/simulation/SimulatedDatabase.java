package io.weir.core.fold.simulation;

import io.weir.core.rollup.RollupKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tables of all sources, which share one commit log and restart together. */
final class SimulatedDatabase {

    private final Census census;
    private final Lifetime raw;
    private final Lifetime rollups;
    private final SimulatedCommitLog commitLog = new SimulatedCommitLog();
    private final List<SimulatedStore> sources = new ArrayList<>();

    /** Creates a database without sources, whose rows have these lifetimes. */
    SimulatedDatabase(Census census, Lifetime raw, Lifetime rollups) {
        this.census = census;
        this.raw = raw;
        this.rollups = rollups;
    }

    /** Creates a database without sources, whose rows never expire. */
    SimulatedDatabase(Census census) {
        this(census, Lifetime.forever(), Lifetime.forever());
    }

    SimulatedCommitLog commitLog() {
        return commitLog;
    }

    /** Creates the empty tables of another source. */
    SimulatedStore newSource() {
        SimulatedStore source = new SimulatedStore(
                table(raw),
                table(raw),
                table(Lifetime.forever()),
                table(Lifetime.forever()),
                table(rollups),
                table(Lifetime.forever()),
                table(Lifetime.forever()),
                table(Lifetime.forever()),
                commitLog);
        sources.add(source);
        return source;
    }

    /** Returns the latest event time in each hour of a device and metric, over all sources. */
    Map<RollupKey, Long> lastTimes(Collection<RollupKey> hours) {
        Map<RollupKey, Long> last = new HashMap<>();
        for (SimulatedStore source : sources) {
            source.lastTimes(hours).forEach((hour, time) -> last.merge(hour, time, Math::max));
        }
        return last;
    }

    private <K, V> SimulatedTable<K, V> table(Lifetime lifetime) {
        return new SimulatedTable<>(census, commitLog, lifetime);
    }
}
