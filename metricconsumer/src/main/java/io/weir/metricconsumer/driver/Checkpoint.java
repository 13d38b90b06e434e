package io.weir.metricconsumer.driver;

import java.time.Instant;
import java.util.Map;

/**
 * The engine's own record of a query's progress; the ledger outranks it. Methods throw
 * {@link java.io.UncheckedIOException} if the checkpoint cannot be read or changed.
 */
interface Checkpoint {

    /** Returns the location, for messages. */
    String location();

    boolean exists();

    /**
     * Returns the end offsets of the last committed batch, exclusive, by partition of the topic; empty if no batch was
     * committed.
     */
    Map<Integer, Long> committedOffsets(String topic);

    /**
     * Returns the planned end offsets of the last batch that was begun, exclusive, by partition of the topic; empty if
     * none was begun.
     */
    Map<Integer, Long> plannedOffsets(String topic);

    /** Renames the checkpoint, so that the next query starts without one, and returns the new location. */
    String setAside(Instant now);

    /** Deletes the checkpoint, so that the next query starts without one. */
    void delete(Instant now);
}
