package io.weir.storage;

import io.weir.core.fold.RejectedReading;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of the rejected readings.
 *
 * @param topic where it was sent
 * @param source which log brought it
 * @param redriven when it was last published again; null while it is open
 * @param secondsLeft until the row expires; 0 if it does not
 */
public record StoredRejection(
        String topic, int source, RejectedReading rejected, @Nullable Instant redriven, int secondsLeft) {

    /** Returns this row as it is once marked. */
    public StoredRejection redrivenAt(Instant when) {
        return new StoredRejection(topic, source, rejected, when, secondsLeft);
    }
}
