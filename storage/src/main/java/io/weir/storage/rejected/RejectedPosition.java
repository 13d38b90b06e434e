package io.weir.storage.rejected;

import io.weir.core.reading.RejectReason;

/** The position of a rejected reading in its source, and the reason of the rejection. */
public record RejectedPosition(int source, long offset, RejectReason reason) {}
