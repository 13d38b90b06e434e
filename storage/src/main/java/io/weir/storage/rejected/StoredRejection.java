package io.weir.storage.rejected;

import io.weir.core.fold.port.RejectedReading;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of the rejected readings. Detail, payload and key are stored up to a limit, and are truncated here too.
 *
 * @param topic the topic of the record
 * @param source the source of the record
 * @param detailSize the full length of the detail in bytes
 * @param keySize the full length of the record's key in bytes; 0 if it had none
 * @param redriven the time at which the reading was last published again; null if it was not
 * @param secondsLeft the seconds until the row expires; 0 if it does not
 */
public record StoredRejection(
        String topic,
        int source,
        RejectedReading rejected,
        int detailSize,
        int keySize,
        @Nullable Instant redriven,
        int secondsLeft) {

    /** Returns a copy that is marked as redriven. */
    public StoredRejection redrivenAt(Instant when) {
        return new StoredRejection(topic, source, rejected, detailSize, keySize, when, secondsLeft);
    }

    /** Returns true if the detail is truncated. */
    public boolean isDetailTruncated() {
        return rejected.rejection().detail().getBytes(StandardCharsets.UTF_8).length < detailSize;
    }

    /** Returns true if the record's key is truncated. */
    public boolean isKeyTruncated() {
        byte[] key = rejected.key();
        return key != null && key.length < keySize;
    }

    /** Returns true if the payload is truncated. */
    public boolean isPayloadTruncated() {
        return rejected.rejection().payload().length < rejected.rejection().payloadSize();
    }
}
