package io.weir.core.reading;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * The bounds of a well-formed reading. Times are compared with the record's own timestamp, never with the wall clock,
 * so that a replay makes the same decisions. Immutable and thread-safe.
 *
 * @param earliest earlier event times are rejected, such as those of devices whose clock was never set
 * @param futureBound the maximum time by which an event time may be after its record's timestamp
 * @param tooOld the maximum time by which an event time may be before its record's timestamp; null for no limit
 */
public record ReadingRules(Instant earliest, Duration futureBound, @Nullable Duration tooOld) {

    private static final double MAX_MAGNITUDE = 1e100;
    private static final String EXPECTED_EARLIEST =
            "an instant such as 2000-01-01T00:00:00Z, in one of the years 0000 to 9999";

    /** The default rules of a pipeline. */
    public static final ReadingRules DEFAULT =
            new ReadingRules(Instant.parse("2000-01-01T00:00:00Z"), Duration.ofMinutes(10), null);

    /**
     * Parses the earliest event time of a configuration.
     *
     * @throws IllegalArgumentException if the text is no instant, or one that no event time can have; the message says
     *     what was expected
     */
    public static Instant parseEarliest(String text) {
        try {
            Instant earliest = Instant.parse(text);
            if (EventTime.isInRange(earliest)) {
                return earliest;
            }
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(EXPECTED_EARLIEST, e);
        }
        throw new IllegalArgumentException(EXPECTED_EARLIEST);
    }

    /**
     * Returns only the rules that do not depend on the record's timestamp, which a producer can apply before it sends.
     */
    public ReadingRules withoutRecordTime() {
        return new ReadingRules(earliest, Duration.ofMillis(Long.MAX_VALUE), null);
    }

    /**
     * Returns why the reading is rejected; null if it passes all rules.
     *
     * @param recordTime the timestamp of the reading's record in milliseconds since the epoch
     */
    public @Nullable Rejection check(Reading reading, long recordTime) {
        if (Math.abs(reading.value()) > MAX_MAGNITUDE) {
            return reject(
                    RejectReason.OUT_OF_RANGE,
                    "value " + reading.value() + " is beyond " + MAX_MAGNITUDE + " in magnitude",
                    reading);
        }
        if (reading.time() < earliest.toEpochMilli()) {
            return reject(
                    RejectReason.TIME_OUT_OF_RANGE,
                    "event time " + at(reading.time()) + " is before the earliest allowed, " + earliest,
                    reading);
        }
        if (reading.time() - recordTime > futureBound.toMillis()) {
            return reject(
                    RejectReason.TIME_OUT_OF_RANGE,
                    "event time " + at(reading.time()) + " is more than " + futureBound + " after its record's time, "
                            + at(recordTime),
                    reading);
        }
        if (tooOld != null && recordTime - reading.time() > tooOld.toMillis()) {
            return reject(
                    RejectReason.TOO_OLD,
                    "event time " + at(reading.time()) + " is more than " + tooOld + " before its record's time, "
                            + at(recordTime),
                    reading);
        }
        return null;
    }

    private static Rejection reject(RejectReason reason, String detail, Reading reading) {
        return Rejection.of(reason, detail, reading);
    }

    private static Instant at(long millis) {
        return Instant.ofEpochMilli(millis);
    }
}
