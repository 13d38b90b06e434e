package io.weir.query.api;

import java.util.concurrent.atomic.AtomicLong;

/** The memory that all answers together may hold. Thread-safe. */
final class AnswerMemory {

    private final long limit;
    private final AtomicLong held = new AtomicLong();

    /** @param limit in bytes */
    AnswerMemory(long limit) {
        this.limit = limit;
    }

    /**
     * Takes so many bytes, to be given back by {@link #release}.
     *
     * @throws ProblemException if the answers would hold more than the limit
     */
    void take(int bytes) {
        if (held.addAndGet(bytes) > limit) {
            held.addAndGet(-bytes);
            throw ProblemException.overLimit(
                    Problem.Kind.OVERLOADED,
                    "answer-memory",
                    "the answers under way hold load.answer-memory, which is " + limit
                            + " bytes: ask again later, or for less at a time");
        }
    }

    void release(int bytes) {
        held.addAndGet(-bytes);
    }

    long held() {
        return held.get();
    }
}
