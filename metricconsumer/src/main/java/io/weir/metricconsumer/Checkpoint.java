package io.weir.metricconsumer;

import java.time.Instant;
import java.util.Map;

/**
 * The record of how far a query has come that its engine keeps. The ledger outranks it. Methods throw {@link
 * java.io.UncheckedIOException} if the checkpoint cannot be read or changed.
 */
interface Checkpoint {

    /** Returns where it is stored, for messages. */
    String location();

    boolean exists();

    /**
     * Returns where the last committed batch ended: by partition of the topic, the offset that comes next. Empty when no
     * batch was committed.
     */
    Map<Integer, Long> committedOffsets(String topic);

    /** Returns where the last batch that was begun is to end, in the same way; empty when none was begun. */
    Map<Integer, Long> plannedOffsets(String topic);

    /** Renames the checkpoint, so that the next query begins without one; returns its new location. */
    String setAside(Instant now);

    /** Deletes it, so that the next query begins without one. */
    void delete(Instant now);
}
