package io.weir.metricproducer.file.time;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import org.jspecify.annotations.Nullable;

/**
 * The event time of a row: one instant, or two if the local time is ambiguous because the zone's clock is set back.
 *
 * @param local the local time in the zone
 * @param first the instant of the first pass, or the only one
 * @param repetition the transition that repeats the time; null if there is only one instant
 */
public record Moment(LocalDateTime local, ZoneId zone, Instant first, @Nullable ZoneOffsetTransition repetition) {

    /** Creates a time with an offset, which is one instant. */
    static Moment at(Instant instant) {
        return new Moment(LocalDateTime.ofInstant(instant, ZoneOffset.UTC), ZoneOffset.UTC, instant, null);
    }

    /** Returns the instant of the second pass. */
    public Instant second() {
        return repetition == null ? first : local.toInstant(repetition.getOffsetAfter());
    }
}
