package io.weir.core.fold.simulation;

import io.weir.core.rollup.RollupKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tables of all sources, which live and restart together. */
final class SimulatedDatabase {

    private final Census census;
    private final Lifetime raw;
    private final Lifetime rollups;
    private final SimulatedCommitLog commitLog = new SimulatedCommitLog();
    private final List<SimulatedStore> sources = new ArrayList<>();

    /** Begins without sources, and with rows that live for so long. */
    SimulatedDatabase(Census census, Lifetime raw, Lifetime rollups) {
        this.census = census;
        this.raw = raw;
        this.rollups = rollups;
    }

    /** Begins without sources; rows never expire. */
    SimulatedDatabase(Census census) {
        this(census, Lifetime.forEver(), Lifetime.forEver());
    }

    SimulatedCommitLog commitLog() {
        return commitLog;
    }

    /** Returns the tables, still empty, as another source has them. */
    SimulatedStore newSource() {
        SimulatedStore source = new SimulatedStore(
                table(raw),
                table(raw),
                table(Lifetime.forEver()),
                table(Lifetime.forEver()),
                table(rollups),
                table(Lifetime.forEver()),
                table(Lifetime.forEver()),
                table(Lifetime.forEver()),
                commitLog);
        sources.add(source);
        return source;
    }

    /** Returns the latest event times of devices and metrics in hours, whichever source they are of. */
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
