package io.weir.query.api;

import java.util.concurrent.atomic.AtomicLong;

/** Limits the memory of all buffered responses together. Thread-safe. */
final class AnswerMemory {

    private final long limit;
    private final AtomicLong held = new AtomicLong();

    /** @param limit in bytes */
    AnswerMemory(long limit) {
        this.limit = limit;
    }

    /**
     * Reserves bytes until {@link #release}.
     *
     * @throws ProblemException if the responses would exceed the limit
     */
    void take(int bytes) {
        if (held.addAndGet(bytes) > limit) {
            held.addAndGet(-bytes);
            throw ProblemException.overLimit(
                    Problem.Kind.OVERLOADED,
                    "answer-memory",
                    "the buffered responses reached load.answer-memory, which is " + limit + " bytes: retry later, or"
                            + " request less at a time");
        }
    }

    void release(int bytes) {
        held.addAndGet(-bytes);
    }

    long held() {
        return held.get();
    }
}
