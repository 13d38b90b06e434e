package io.weir.query;

import io.weir.core.fold.RejectedReading;
import io.weir.storage.StoredRejection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * A rejected reading as it is shown.
 *
 * @param detail ends with … where it was cut
 * @param detailSize the detail's length in bytes before it was cut
 * @param payload as text; bytes that are no UTF-8 are replaced
 * @param payloadSize the payload's length in bytes before it was cut
 * @param keySize the length of the record's key in bytes; null if it had none
 * @param cut which of {@code detail}, {@code payload} and {@code key} are kept in part only, separated by commas; null
 *     if all are whole
 * @param redriven when it was last published again; null while it is open
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
     * Returns what is shown of a stored row.
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
                stored.isDetailCut() ? detail + "…" : detail,
                stored.detailSize(),
                new String(rejected.rejection().payload(), StandardCharsets.UTF_8),
                rejected.rejection().payloadSize(),
                rejected.key() == null ? null : stored.keySize(),
                cut(stored),
                Instant.ofEpochMilli(rejected.timestamp()),
                stored.redriven());
    }

    /** Returns whether a field is kept in part only. */
    public boolean isCut(String field) {
        return cut != null && List.of(cut.split(",")).contains(field);
    }

    private static @Nullable String cut(StoredRejection stored) {
        StringJoiner fields = new StringJoiner(",");
        if (stored.isDetailCut()) {
            fields.add("detail");
        }
        if (stored.isPayloadCut()) {
            fields.add("payload");
        }
        if (stored.isKeyCut()) {
            fields.add("key");
        }
        return fields.length() == 0 ? null : fields.toString();
    }
}
