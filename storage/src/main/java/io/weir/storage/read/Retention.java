package io.weir.storage.read;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How long rows of some tables are kept, counted from when they were last written, now and in earlier times: a row keeps
 * the time to live of the retention under which it was written.
 *
 * @param limits every limited retention that was ever in force; none if rows were always kept for ever
 * @param futureBound how far an event time may lie after its record's timestamp, and so after its row was written
 */
public record Retention(List<Limit> limits, Duration futureBound) {

    /**
     * A retention that was in force for some time.
     *
     * @param until when another followed; {@link Instant#MAX} if it is in force
     */
    public record Limit(Duration kept, Instant until) {}

    public Retention {
        limits = List.copyOf(limits);
    }

    /**
     * Returns a retention that has always been the same.
     *
     * @param kept zero: for ever
     */
    public static Retention of(Duration kept, Duration futureBound) {
        return new Retention(kept.isZero() ? List.of() : List.of(new Limit(kept, Instant.MAX)), futureBound);
    }

    /** Returns whether rows can ever have expired. */
    public boolean isLimited() {
        return !limits.isEmpty();
    }

    /** Returns the shortest time that rows were ever kept for; zero if it was always for ever. */
    public Duration shortest() {
        return limits.stream().map(Limit::kept).min(Duration::compareTo).orElse(Duration.ZERO);
    }

    /**
     * Returns whether a row may be gone by now.
     *
     * @param time the earliest event time that it can hold, in milliseconds since the epoch: of a rollup, the start of its
     *     window
     */
    public boolean mayHaveExpired(long time, Instant now) {
        return isLimited() && time < expiredBefore(now).toEpochMilli();
    }

    /**
     * Returns the event time from which on all rows are held. A row with a later time was written after a limited
     * retention had ended, or not yet as long ago as rows were kept under it.
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
