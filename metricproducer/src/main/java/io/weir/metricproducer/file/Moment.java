package io.weir.metricproducer.file;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import org.jspecify.annotations.Nullable;

/**
 * The event time of a row: one instant, or two if the clock of its zone shows that time twice, in the night in which it
 * goes back.
 *
 * @param local the time as the clock of the zone shows it
 * @param first the instant of the first pass, or the only one
 * @param repetition the change of the clock that repeats the time; null if there is only one instant
 */
record Moment(LocalDateTime local, ZoneId zone, Instant first, @Nullable ZoneOffsetTransition repetition) {

    /** A time that says itself which instant it is. */
    static Moment at(Instant instant) {
        return new Moment(LocalDateTime.ofInstant(instant, ZoneOffset.UTC), ZoneOffset.UTC, instant, null);
    }

    /** Returns the instant of the second pass. */
    Instant second() {
        return repetition == null ? first : local.toInstant(repetition.getOffsetAfter());
    }
}
