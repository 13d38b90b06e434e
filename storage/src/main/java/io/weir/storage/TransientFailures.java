package io.weir.storage;

/** Tells failures of Cassandra that may pass by themselves from requests that it refuses each time. */
public final class TransientFailures {

    private TransientFailures() {}

    /** Returns whether it is an exception of the driver after which the same request may succeed later. */
    public static boolean includes(Throwable failure) {
        return Requests.mayPass(failure);
    }
}
