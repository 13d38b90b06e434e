package io.weir.local.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How late the kernel may wake a thread that sleeps for a time, so that it wakes fewer times: 50 µs on Linux, unless a
 * thread says otherwise. The JVM has no option for it.
 *
 * <p>Needs nothing but the JDK.
 */
final class TimerSlack {
    /** Nanoseconds. */
    static final String PROPERTY = "weir.child.timer-slack";

    private TimerSlack() {}

    /**
     * Sets what the property says, if it says anything, for this thread and for those that it and they will start. Where
     * the kernel has no such setting, nothing changes.
     *
     * @throws IOException if the kernel does not take the value
     */
    static void setFromProperty() throws IOException {
        String nanos = System.getProperty(PROPERTY);
        Path thread = Path.of("/proc/thread-self");
        if (nanos == null || !Files.exists(thread)) {
            return;
        }
        // The file is not in the thread's own directory, but in the one that its number leads to as if it were a
        // process.
        Path slack = Path.of("/proc", thread.toRealPath().getFileName().toString(), "timerslack_ns");
        if (Files.exists(slack)) {
            Files.writeString(slack, nanos);
        }
    }
}
