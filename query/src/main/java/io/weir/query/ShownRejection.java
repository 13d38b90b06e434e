package io.weir.query;

import io.weir.core.fold.RejectedReading;
import io.weir.storage.StoredRejection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A rejected reading as it is shown.
 *
 * @param payload as text; bytes that are no UTF-8 are replaced
 * @param payloadSize the payload's length in bytes before it was cut
 * @param redriven when it was last published again; null while it is open
 */
public record ShownRejection(
        String topic,
        int partition,
        long offset,
        int index,
        String reason,
        String detail,
        String payload,
        int payloadSize,
        Instant recordTime,
        @Nullable Instant redriven) {

    /**
     * Returns what is shown of a stored row.
     *
     * @param partition the partition of the row's source
     */
    public static ShownRejection of(StoredRejection stored, int partition) {
        RejectedReading rejected = stored.rejected();
        return new ShownRejection(
                stored.topic(),
                partition,
                rejected.offset(),
                rejected.index(),
                rejected.rejection().reason().code(),
                rejected.rejection().detail(),
                new String(rejected.rejection().payload(), StandardCharsets.UTF_8),
                rejected.rejection().payloadSize(),
                Instant.ofEpochMilli(rejected.timestamp()),
                stored.redriven());
    }
}
