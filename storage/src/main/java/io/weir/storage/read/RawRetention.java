package io.weir.storage.read;

import java.time.Duration;
import java.time.Instant;

/**
 * How long raw rows are kept, counted from when they were written.
 *
 * @param kept zero: for ever
 * @param futureBound how far an event time may lie after its record's timestamp, and so after it was written
 */
public record RawRetention(Duration kept, Duration futureBound) {

    public boolean isLimited() {
        return !kept.isZero();
    }

    /** Returns whether a raw row of this event time, in milliseconds since the epoch, may be gone by now. */
    public boolean mayHaveExpired(long time, Instant now) {
        return isLimited() && time < expiredBefore(now).toEpochMilli();
    }

    /** Returns the event time from which on all raw rows are held. */
    public Instant expiredBefore(Instant now) {
        return isLimited() ? now.minus(kept).plus(futureBound) : Instant.MIN;
    }
}
