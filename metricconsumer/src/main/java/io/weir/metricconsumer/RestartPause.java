package io.weir.metricconsumer;

import java.time.Duration;

/** How long to wait before a query that has failed is started again: longer each time, unless it had run well. */
final class RestartPause {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** Who has run for so long has not failed at once. */
    private static final Duration RUN_WELL = Duration.ofMinutes(1);

    private long began = System.nanoTime();
    private Duration next = Duration.ZERO;

    void begun() {
        began = System.nanoTime();
    }

    /** Returns the pause after a failure: none after the first. */
    Duration next() {
        boolean ranWell = System.nanoTime() - began >= RUN_WELL.toNanos();
        Duration pause = ranWell ? Duration.ZERO : next;
        Duration longer = pause.isZero() ? FIRST : pause.multipliedBy(2);
        next = longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
        return pause;
    }
}
