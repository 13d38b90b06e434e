package io.weir.metricconsumer;

import io.weir.storage.SourceId;

/**
 * A task could not apply the records of a source. It carries what the driver has to know of the failure in place of its
 * cause: exceptions of Cassandra's driver cannot be serialized, and Spark would drop the whole chain.
 */
final class SourceFailedException extends RuntimeException {

    private final int source;
    private final int partition;
    private final boolean mayPass;

    /** @param offset of the last record that the task was given */
    SourceFailedException(SourceId source, long offset, RuntimeException failure) {
        this(source.number(), source.partition(), offset, new FailureCause(failure));
        setStackTrace(failure.getStackTrace());
    }

    private SourceFailedException(int source, int partition, long offset, FailureCause cause) {
        super(cause.message() + " (at offset " + offset + " or before it)");
        this.source = source;
        this.partition = partition;
        this.mayPass = cause.mayPass();
    }

    int source() {
        return source;
    }

    int partition() {
        return partition;
    }

    /** Whether the same records may be applied at a later attempt. */
    boolean mayPass() {
        return mayPass;
    }
}
