package io.weir.core.fold.simulation;

import io.weir.core.fold.ElementPosition;
import io.weir.core.fold.RejectedReading;
import io.weir.core.reading.RejectReason;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A rejected reading as it stands in the columns of its table, comparable by content. */
record RejectedRow(
        RejectReason reason,
        String detail,
        ByteBuffer payload,
        int payloadSize,
        long timestamp,
        @Nullable ByteBuffer key) {

    /** Returns where a rejected reading stands: the key of its row. */
    static ElementPosition positionOf(RejectedReading rejected) {
        return new ElementPosition(rejected.offset(), rejected.index());
    }

    static RejectedRow of(RejectedReading rejected) {
        byte[] key = rejected.key();
        return new RejectedRow(
                rejected.rejection().reason(),
                rejected.rejection().detail(),
                ByteBuffer.wrap(rejected.rejection().payload()),
                rejected.rejection().payloadSize(),
                rejected.timestamp(),
                key == null ? null : ByteBuffer.wrap(key));
    }
}
