package io.weir.storage.read;

import io.weir.core.fold.RejectedReading;

/**
 * A row of the rejected readings.
 *
 * @param topic where it was sent
 * @param source which log brought it
 */
public record StoredRejection(String topic, int source, RejectedReading rejected) {}
