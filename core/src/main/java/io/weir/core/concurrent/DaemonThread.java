package io.weir.core.concurrent;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** A thread that repeats work in the background, and does not keep the process alive. */
public final class DaemonThread {

    private DaemonThread() {}

    /**
     * Returns an executor with one such thread, which starts with the first work. The caller shuts it down.
     *
     * @param name of the thread
     */
    public static ScheduledExecutorService named(String name) {
        return Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
    }
}
