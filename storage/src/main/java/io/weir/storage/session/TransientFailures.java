package io.weir.storage.session;

/** Recognizes transient failures of Cassandra. Thread-safe. */
public final class TransientFailures {

    private TransientFailures() {}

    /** Returns true for an exception of the driver after which the same request may succeed later. */
    public static boolean includes(Throwable failure) {
        return RetryingSession.isTransient(failure);
    }
}
