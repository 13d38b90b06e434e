package io.weir.query.api;

import java.time.Duration;

/** How long an answer may take. */
final class Deadline {

    private final Duration limit;
    private final long end;

    Deadline(Duration limit) {
        this.limit = limit;
        this.end = System.nanoTime() + limit.toNanos();
    }

    /** Throws a problem that names the limit, once it has passed. */
    void check() {
        if (System.nanoTime() - end > 0) {
            throw ProblemException.of(
                    Problem.Kind.OVER_LIMIT,
                    "the answer takes longer than time-limit, which is " + limit.toSeconds()
                            + " s: ask for a shorter span, fewer series or a coarser resolution");
        }
    }
}
