package io.weir.query;

import io.weir.core.fold.RejectedReading;
import io.weir.storage.read.StoredRejection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A rejected reading as it is shown.
 *
 * @param payload as text; bytes that are no UTF-8 are replaced
 */
public record ShownRejection(
        String topic,
        int partition,
        long offset,
        int index,
        String reason,
        String detail,
        String payload,
        Instant recordTime) {

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
                Instant.ofEpochMilli(rejected.timestamp()));
    }
}
