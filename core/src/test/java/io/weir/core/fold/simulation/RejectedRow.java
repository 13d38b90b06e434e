package io.weir.core.fold.simulation;

import io.weir.core.fold.port.ElementPosition;
import io.weir.core.fold.port.RejectedReading;
import io.weir.core.reading.RejectReason;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A row of the table of rejected readings, comparable by content. */
record RejectedRow(
        RejectReason reason,
        String detail,
        ByteBuffer payload,
        int payloadSize,
        long timestamp,
        @Nullable ByteBuffer key) {

    /** Returns the position of a rejected reading, which is the key of its row. */
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
