package io.weir.core.reading;

import java.util.Locale;

/** The reason why a reading was rejected. The codes are part of the public contract. */
public enum RejectReason {
    MALFORMED("not a reading in the expected format: send one JSON object, or an array of them"),
    MISSING_FIELD("a field that every reading needs is absent: device, time, metric and value (or values)"),
    BAD_NAME("device, group and metric are strings of 1 to 256 characters without control characters"),
    NOT_A_NUMBER("a value is a finite JSON number"),
    OUT_OF_RANGE("a value's magnitude is at most 1e100"),
    TIME_OUT_OF_RANGE("the event time is before the earliest allowed or too far after the record's own time"),
    TOO_OLD("the event time is older, relative to its record, than raw readings are kept"),
    TOO_LARGE("the record is larger than the configured limit"),
    TOO_MANY_ELEMENTS("the record holds more readings than the configured limit: send them in several records"),
    QUARANTINED("Weir cannot process the record, or an operator has named it to be left out"),
    CONFLICT("another value for this device, metric and time was stored before; the first to arrive wins");

    private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final String explanation;

    RejectReason(String explanation) {
        this.explanation = explanation;
    }

    /** Returns the reason as stored and displayed, for example {@code time-out-of-range}. */
    public String code() {
        return code;
    }

    /**
     * Returns true if the reason depends on settings, so that the same payload may be stored after they have changed.
     */
    public boolean dependsOnSettings() {
        return this == TIME_OUT_OF_RANGE || this == TOO_OLD || this == TOO_LARGE;
    }

    /** Returns one sentence for the sender that states what is expected. */
    public String explanation() {
        return explanation;
    }

    /**
     * Returns the reason with this code.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static RejectReason ofCode(String code) {
        for (RejectReason reason : values()) {
            if (reason.code.equals(code)) {
                return reason;
            }
        }
        throw new IllegalArgumentException("unknown reject reason \"" + code + "\"");
    }
}
