package io.weir.query.device;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether a device reports as usual. */
public enum DeviceState {
    /** The device reports as usual. */
    ONLINE,
    /** Several readings are overdue. */
    LATE,
    /** The device has not reported for many of its usual intervals. */
    SILENT,
    /** The pipeline has not yet applied enough to tell. */
    UNKNOWN;

    /** A device is late after this many of its usual intervals. */
    static final int LATE_AFTER = 3;

    /** A device is silent after this many of its usual intervals. */
    static final int SILENT_AFTER = 10;

    /** A device is not late before this time, whatever its interval. */
    static final Duration SHORTEST_LATE = Duration.ofMinutes(1);

    /** A device is not silent before this time, whatever its interval. */
    static final Duration SHORTEST_SILENT = Duration.ofMinutes(5);

    /** The interval of a device of which only one reading is known. */
    static final Duration ASSUMED = Duration.ofDays(1);

    /**
     * Judges a device. Times are in milliseconds since the epoch.
     *
     * @param lastSeen the event time of its newest reading; null if there is none
     * @param usualInterval the usual time between two of its readings, in milliseconds; null if unknown
     * @param asOf the time before which all readings are known; null while unknown
     */
    public static DeviceState of(@Nullable Long lastSeen, @Nullable Long usualInterval, @Nullable Long asOf) {
        if (asOf == null) {
            return UNKNOWN;
        }
        if (lastSeen == null) {
            return SILENT;
        }
        long interval = usualInterval == null ? ASSUMED.toMillis() : usualInterval;
        long age = asOf - lastSeen;
        if (age > Math.max(SHORTEST_SILENT.toMillis(), SILENT_AFTER * interval)) {
            return SILENT;
        }
        return age > Math.max(SHORTEST_LATE.toMillis(), LATE_AFTER * interval) ? LATE : ONLINE;
    }

    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
