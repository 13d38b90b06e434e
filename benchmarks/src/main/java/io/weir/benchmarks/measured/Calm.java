package io.weir.benchmarks.measured;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits until a server has done what an earlier run has left it to do: flushes and compactions. */
public final class Calm {

    private static final long LOOK_MILLIS = 1000;

    /** CPU time between two looks. */
    private static final Duration IDLE = Duration.ofMillis(100);

    private static final int LOOKS = 120;

    private Calm() {}

    /** Returns after two minutes at the latest. */
    public static void await(long pid) throws InterruptedException {
        Duration before = cpu(pid);
        for (int look = 0; look < LOOKS; look++) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            Duration now = cpu(pid);
            if (now.minus(before).compareTo(IDLE) < 0) {
                return;
            }
            before = now;
        }
    }

    private static Duration cpu(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }
}
