package io.weir.query.api.http;

import java.util.concurrent.atomic.AtomicLong;

/** Limits the memory of all buffered responses together. Thread-safe. */
public final class ResponseMemory {

    private final long limit;
    private final AtomicLong held = new AtomicLong();

    /** @param limit in bytes */
    public ResponseMemory(long limit) {
        this.limit = limit;
    }

    /**
     * Reserves bytes until {@link #release}.
     *
     * @throws ProblemException if the responses would exceed the limit
     */
    public void take(int bytes) {
        if (held.addAndGet(bytes) > limit) {
            held.addAndGet(-bytes);
            throw ProblemException.overLimit(
                    Problem.Kind.OVERLOADED,
                    "answer-memory",
                    "the buffered responses reached load.answer-memory, which is " + limit + " bytes: retry later, or"
                            + " request less at a time");
        }
    }

    public void release(int bytes) {
        held.addAndGet(-bytes);
    }

    public long held() {
        return held.get();
    }
}
