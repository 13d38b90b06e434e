package io.weir.metricconsumer.failure;

import io.weir.storage.source.SourceId;

/**
 * Thrown by a task that could not apply the records of a source. It carries what the driver needs to know instead of
 * the cause: exceptions of Cassandra's driver cannot be serialized, and Spark would drop the whole chain.
 */
public final class SourceFailedException extends RuntimeException {

    private final int source;
    private final int partition;
    private final boolean isTransient;

    /** @param offset the offset of the last record that the task received */
    public SourceFailedException(SourceId source, long offset, RuntimeException failure) {
        this(source.number(), source.partition(), offset, new FailureCause(failure));
        setStackTrace(failure.getStackTrace());
    }

    private SourceFailedException(int source, int partition, long offset, FailureCause cause) {
        super(cause.message() + " (at offset " + offset + " or before it)");
        this.source = source;
        this.partition = partition;
        this.isTransient = cause.isTransient();
    }

    public int source() {
        return source;
    }

    public int partition() {
        return partition;
    }

    /** Returns whether a retry with the same records may succeed. */
    boolean isTransient() {
        return isTransient;
    }
}
