package io.weir.storage.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The current and earlier retentions of some tables. A row expires by the retention under which it was last written,
 * counted from that write.
 *
 * @param limits every limited retention that was ever in force; empty if rows never expired
 * @param futureBound the maximum time by which an event time may be after its record's timestamp, and so after its row
 *     was written
 */
public record Retention(List<Limit> limits, Duration futureBound) {

    /**
     * A retention that was in force for some time.
     *
     * @param until the time at which it was replaced; {@link Instant#MAX} for the current one
     */
    public record Limit(Duration kept, Instant until) {}

    public Retention {
        limits = List.copyOf(limits);
    }

    /**
     * Returns a retention that has never changed.
     *
     * @param kept zero for no limit
     */
    public static Retention of(Duration kept, Duration futureBound) {
        return new Retention(kept.isZero() ? List.of() : List.of(new Limit(kept, Instant.MAX)), futureBound);
    }

    /** Returns true if rows may ever have expired. */
    public boolean isLimited() {
        return !limits.isEmpty();
    }

    /** Returns the shortest retention that was ever in force; zero if there was never a limit. */
    public Duration shortest() {
        return limits.stream().map(Limit::kept).min(Duration::compareTo).orElse(Duration.ZERO);
    }

    /**
     * Returns true if a row may have expired by now.
     *
     * @param time the earliest event time in the row, in milliseconds since the epoch: for a rollup, the start of its
     *     window
     */
    public boolean mayHaveExpired(long time, Instant now) {
        return isLimited() && time < expiredBefore(now).toEpochMilli();
    }

    /**
     * Returns the event time from which no row has expired. A row with a later event time was written after a limited
     * retention had ended, or more recently than that retention.
     */
    public Instant expiredBefore(Instant now) {
        return limits.stream()
                .map(limit -> earlier(limit.until(), now.minus(limit.kept())).plus(futureBound))
                .max(Instant::compareTo)
                .orElse(Instant.MIN);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
