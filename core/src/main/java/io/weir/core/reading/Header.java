package io.weir.core.reading;

import org.jspecify.annotations.Nullable;

/** The fields that all measurements of one JSON object share. */
record Header(Field<String> device, Field<String> group, Field<Long> time) {

    /** Returns the reading of a measurement, or a rejection with a range of the record's bytes as payload. */
    Decoded toReading(Measurement measurement, byte[] record, int from, int length) {
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

    /** Returns the first fault of a measurement. The order determines which reason is counted if several apply. */
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
