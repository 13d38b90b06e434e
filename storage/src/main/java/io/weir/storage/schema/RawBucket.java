package io.weir.storage.schema;

import java.time.Duration;

/** The span of event time in a partition of the raw table by device: shorter for faster sensors. */
public enum RawBucket {
    DAY(Duration.ofDays(1)),
    HOUR(Duration.ofHours(1));

    private final long millis;

    RawBucket(Duration length) {
        this.millis = length.toMillis();
    }

    long millis() {
        return millis;
    }
}
