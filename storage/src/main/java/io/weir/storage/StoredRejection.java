package io.weir.storage;

import io.weir.core.fold.RejectedReading;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of the rejected readings. Detail, payload and key are kept up to a bound, which the reading here has.
 *
 * @param topic where it was sent
 * @param source which log brought it
 * @param detailSize the length of the detail in bytes before it was cut
 * @param keySize the length of the record's key in bytes before it was cut; 0 if it had none
 * @param redriven when it was last published again; null while it is open
 * @param secondsLeft until the row expires; 0 if it does not
 */
public record StoredRejection(
        String topic,
        int source,
        RejectedReading rejected,
        int detailSize,
        int keySize,
        @Nullable Instant redriven,
        int secondsLeft) {

    /** Returns this row as it is once marked. */
    public StoredRejection redrivenAt(Instant when) {
        return new StoredRejection(topic, source, rejected, detailSize, keySize, when, secondsLeft);
    }

    /** Returns whether the reading here has the beginning of the detail alone. */
    public boolean isDetailCut() {
        return rejected.rejection().detail().getBytes(StandardCharsets.UTF_8).length < detailSize;
    }

    /** Returns whether the reading here has the beginning of the record's key alone. */
    public boolean isKeyCut() {
        byte[] key = rejected.key();
        return key != null && key.length < keySize;
    }

    /** Returns whether the reading here has the beginning of the payload alone. */
    public boolean isPayloadCut() {
        return rejected.rejection().payload().length < rejected.rejection().payloadSize();
    }
}
