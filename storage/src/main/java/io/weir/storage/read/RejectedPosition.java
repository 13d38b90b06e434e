package io.weir.storage.read;

import io.weir.core.reading.RejectReason;

/** Where a rejected reading stands in its source, and why it was rejected. */
public record RejectedPosition(int source, long offset, RejectReason reason) {}
