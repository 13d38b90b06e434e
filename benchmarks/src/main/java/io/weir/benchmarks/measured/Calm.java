package io.weir.benchmarks.measured;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits until a server has completed the background work of an earlier run, such as flushes and compactions. */
public final class Calm {

    private static final long LOOK_MILLIS = 1000;

    /** The CPU time between two polls below which a server is idle. */
    private static final Duration IDLE = Duration.ofMillis(100);

    private static final int LOOKS = 120;

    private Calm() {}

    /** Waits at most two minutes. */
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
