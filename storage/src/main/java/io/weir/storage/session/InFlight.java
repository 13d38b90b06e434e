package io.weir.storage.session;

import java.util.concurrent.Semaphore;

/**
 * Limits the concurrent requests of a process, in number and in bytes: the size of each request plus the maximum size
 * of its response. Thread-safe.
 */
final class InFlight {

    private static final long MIN_BYTES = 16L * 1024 * 1024;
    private static final long MAX_BYTES = 256L * 1024 * 1024;
    private static final int SHARE_OF_HEAP = 8;

    private final Semaphore requests;
    private final Semaphore bytes;
    private final int maxBytes;

    InFlight(int maxRequests, int maxBytes) {
        this.requests = new Semaphore(maxRequests);
        this.bytes = new Semaphore(maxBytes, true); // fair, or small requests would starve large ones
        this.maxBytes = maxBytes;
    }

    /** Returns the limit in bytes for a maximum heap: an eighth of it, from 16 to 256 MiB. */
    static int bytesFor(long heap) {
        return (int) Math.max(MIN_BYTES, Math.min(MAX_BYTES, heap / SHARE_OF_HEAP));
    }

    /**
     * Waits until one more request of this size may be sent. A request above the limit is sent alone.
     *
     * @param size in bytes
     * @return the bytes to {@link #release} when the request has completed
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
