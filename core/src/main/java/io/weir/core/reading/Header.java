package io.weir.core.reading;

import org.jspecify.annotations.Nullable;

/** What all measurements of one JSON object share: turns each of them into a reading, or says why it is none. */
record Header(Field<String> device, Field<String> group, Field<Long> time) {

    /** Returns the reading that the measurement makes, or its rejection with these bytes. */
    Decoded with(Measurement measurement, byte[] record, int from, int length) {
        Fault fault = firstFault(measurement);
        if (fault != null) {
            return Rejection.of(fault.reason(), fault.detail(), record, from, length);
        }
        return new Reading(
                device.get(),
                group.isAbsent() ? Reading.DEFAULT_GROUP : group.get(),
                measurement.metric().get(),
                time.get(),
                measurement.value().get());
    }

    /** The order decides which reason is counted where several apply. */
    private @Nullable Fault firstFault(Measurement measurement) {
        if (measurement.repetition() != null) {
            return measurement.repetition();
        }
        String missing = firstMissing(measurement);
        if (missing != null) {
            return new Fault(RejectReason.MISSING_FIELD, missing + " is absent or null");
        }
        for (Field<?> field : new Field<?>[] {device, group, measurement.metric(), measurement.value()}) {
            if (field.fault() != null) {
                return field.fault();
            }
        }
        return time.fault();
    }

    private @Nullable String firstMissing(Measurement measurement) {
        if (device.isAbsent()) {
            return "device";
        }
        if (measurement.metric().isAbsent()) {
            return "metric";
        }
        if (time.isAbsent()) {
            return "time";
        }
        return measurement.value().isAbsent() ? "value" : null;
    }
}
