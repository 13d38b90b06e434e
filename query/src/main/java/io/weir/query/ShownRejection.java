package io.weir.query;

import io.weir.core.fold.port.RejectedReading;
import io.weir.storage.rejected.StoredRejection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * A rejected reading in a result.
 *
 * @param detail ends with … if it is truncated
 * @param detailSize the detail's full length in bytes
 * @param payload as text; invalid UTF-8 is replaced
 * @param payloadSize the payload's full length in bytes
 * @param keySize the full length of the record's key in bytes; null without a key
 * @param cut the truncated fields among {@code detail}, {@code payload} and {@code key}, separated by commas; null if
 *     none is truncated
 * @param redriven when it was last redriven; null while it is open
 */
public record ShownRejection(
        String topic,
        int partition,
        long offset,
        int index,
        String reason,
        String detail,
        int detailSize,
        String payload,
        int payloadSize,
        @Nullable Integer keySize,
        @Nullable String cut,
        Instant recordTime,
        @Nullable Instant redriven) {

    /**
     * Converts a stored row.
     *
     * @param partition the partition of the row's source
     */
    public static ShownRejection of(StoredRejection stored, int partition) {
        RejectedReading rejected = stored.rejected();
        String detail = rejected.rejection().detail();
        return new ShownRejection(
                stored.topic(),
                partition,
                rejected.offset(),
                rejected.index(),
                rejected.rejection().reason().code(),
                stored.isDetailTruncated() ? detail + "…" : detail,
                stored.detailSize(),
                new String(rejected.rejection().payload(), StandardCharsets.UTF_8),
                rejected.rejection().payloadSize(),
                rejected.key() == null ? null : stored.keySize(),
                cut(stored),
                Instant.ofEpochMilli(rejected.timestamp()),
                stored.redriven());
    }

    /** Returns whether a field is truncated. */
    public boolean isCut(String field) {
        return cut != null && List.of(cut.split(",")).contains(field);
    }

    private static @Nullable String cut(StoredRejection stored) {
        StringJoiner fields = new StringJoiner(",");
        if (stored.isDetailTruncated()) {
            fields.add("detail");
        }
        if (stored.isPayloadTruncated()) {
            fields.add("payload");
        }
        if (stored.isKeyTruncated()) {
            fields.add("key");
        }
        return fields.length() == 0 ? null : fields.toString();
    }
}
