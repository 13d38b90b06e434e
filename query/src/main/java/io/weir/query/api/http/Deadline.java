package io.weir.query.api.http;

import java.time.Duration;

/** The time limit of a request. */
public final class Deadline {

    private final Duration limit;
    private final long end;

    public Deadline(Duration limit) {
        this.limit = limit;
        this.end = System.nanoTime() + limit.toNanos();
    }

    /** Throws a problem that names the limit if it has passed. */
    public void check() {
        if (System.nanoTime() - end > 0) {
            throw ProblemException.of(
                    Problem.Kind.OVER_LIMIT,
                    "the request takes longer than time-limit, which is " + limit.toSeconds() + " s: request a shorter"
                            + " span, fewer series or a coarser resolution");
        }
    }
}
