package io.weir.core.reference;

import io.weir.core.reading.Reading;
import io.weir.core.reading.RejectReason;
import io.weir.core.reading.Rejection;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The bounds of a reading.
 *
 * @param tooOld null for no limit
 */
public record ReferenceRules(Instant earliest, Duration futureBound, @Nullable Duration tooOld) {

    /** Returns why a reading of a record is rejected; null if it is not. */
    public @Nullable Rejection check(Reading reading, long recordTime) {
        Instant time = Instant.ofEpochMilli(reading.time());
        Instant recorded = Instant.ofEpochMilli(recordTime);
        if (reading.value() > 1e100 || reading.value() < -1e100) {
            String detail = "value " + reading.value() + " is beyond 1.0E100 in magnitude";
            return Rejection.of(RejectReason.OUT_OF_RANGE, detail, reading);
        }
        if (time.isBefore(earliest)) {
            String detail = "event time " + time + " is before the earliest allowed, " + earliest;
            return Rejection.of(RejectReason.TIME_OUT_OF_RANGE, detail, reading);
        }
        if (time.isAfter(recorded.plus(futureBound))) {
            String detail =
                    "event time " + time + " is more than " + futureBound + " after its record's time, " + recorded;
            return Rejection.of(RejectReason.TIME_OUT_OF_RANGE, detail, reading);
        }
        if (isTooOld(reading.time(), recordTime)) {
            String detail = "event time " + time + " is more than " + tooOld + " before its record's time, " + recorded;
            return Rejection.of(RejectReason.TOO_OLD, detail, reading);
        }
        return null;
    }

    /** Returns true if raw readings of this time may have expired by the time of a record. */
    public boolean isTooOld(long time, long recordTime) {
        return tooOld != null
                && Instant.ofEpochMilli(time)
                        .isBefore(Instant.ofEpochMilli(recordTime).minus(tooOld));
    }

    /** Returns true if this is a valid name of a device, a group or a metric. */
    public static boolean isName(String name) {
        int[] characters = name.codePoints().toArray();
        return characters.length >= 1
                && characters.length <= 256
                && name.codePoints()
                        .noneMatch(character -> Character.getType(character) == Character.CONTROL
                                || Character.getType(character) == Character.SURROGATE);
    }
}
