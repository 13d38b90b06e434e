package io.weir.metricproducer.simulation;

import io.weir.core.reading.RejectReason;
import java.util.EnumMap;
import java.util.Map;

/** Counts the expected outcomes of the readings of a simulation. */
final class Outcomes {

    private long stored;
    private long duplicate;
    private final Map<RejectReason, Long> rejected = new EnumMap<>(RejectReason.class);

    void stored() {
        stored++;
    }

    void duplicate() {
        duplicate++;
    }

    void rejected(RejectReason reason) {
        rejected.merge(reason, 1L, Long::sum);
    }

    Truth truth() {
        long bad = rejected.values().stream().mapToLong(Long::longValue).sum();
        return new Truth(stored + duplicate + bad, stored, duplicate, rejected);
    }
}
