package io.weir.storage;

import java.util.concurrent.Semaphore;

/**
 * The bound on requests under way in a process, in number and in bytes: what a request has to say, and the most that
 * its answer may say. Thread-safe.
 */
final class InFlight {

    private static final long LEAST_BYTES = 16L * 1024 * 1024;
    private static final long MOST_BYTES = 256L * 1024 * 1024;
    private static final int SHARE_OF_HEAP = 8;

    private final Semaphore requests;
    private final Semaphore bytes;
    private final int maxBytes;

    InFlight(int maxRequests, int maxBytes) {
        this.requests = new Semaphore(maxRequests);
        this.bytes = new Semaphore(maxBytes, true); // in turn, or large requests would wait for ever behind small ones
        this.maxBytes = maxBytes;
    }

    /** Returns how many bytes may be under way with such a heap: an eighth, from 16 to 256 MiB. */
    static int bytesFor(long heap) {
        return (int) Math.max(LEAST_BYTES, Math.min(MOST_BYTES, heap / SHARE_OF_HEAP));
    }

    /**
     * Waits until one more request of so many bytes may be sent. A larger one than the bound is sent alone.
     *
     * @return what to {@link #release} when it is done
     */
    int acquire(int size) throws InterruptedException {
        int counted = Math.min(size, maxBytes);
        requests.acquire();
        try {
            bytes.acquire(counted);
        } catch (InterruptedException e) {
            requests.release();
            throw e;
        }
        return counted;
    }

    void release(int acquired) {
        bytes.release(acquired);
        requests.release();
    }
}
