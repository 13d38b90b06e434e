package io.weir.query;

import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Sample;
import io.weir.storage.read.ScopedMetric;
import io.weir.storage.rollup.RollupReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the newest reading of a series, in its newest month. Thread-safe. */
public final class LatestQuery {

    /** How far is searched backwards; an active series is found by the first search. */
    private static final List<Duration> BACK =
            List.of(Duration.ofDays(62), Duration.ofDays(3660), Duration.ofDays(36600));

    /** Readings may be slightly ahead of this machine's clock. */
    private static final Duration AHEAD = Duration.ofDays(2);

    private final RollupQuery rollups;
    private final Clock clock;

    public LatestQuery(RollupReader rollups, Clock clock) {
        this.rollups = new RollupQuery(rollups);
        this.clock = clock;
    }

    /**
     * Returns the newest reading of a device or, of all its devices, of a group; empty if there is none.
     *
     * @throws io.weir.core.fold.port.TablesException if the tables cannot be reached
     */
    public Optional<Sample> run(ScopedMetric of) {
        Instant now = clock.instant();
        for (Duration back : BACK) {
            Span span = Span.of(now.minus(back), now.plus(AHEAD));
            try (Stream<WindowRollup> months = rollups.windows(of, Resolution.MONTH, span)) {
                Optional<WindowRollup> newest = months.reduce((before, after) -> after);
                if (newest.isPresent()) {
                    return newest.map(month -> month.rollup().last());
                }
            }
        }
        return Optional.empty();
    }
}
