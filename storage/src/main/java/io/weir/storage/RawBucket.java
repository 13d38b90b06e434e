package io.weir.storage;

import java.time.Duration;

/** How much event time of one device and metric a partition of the raw table holds: less for faster sensors. */
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
