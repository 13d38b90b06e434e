package io.weir.local.servers;

import io.weir.core.text.FailureText;
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
     * the kernel has no such setting, nothing changes; where it does not take the value, standard error says so: the
     * process runs as well without, for more CPU.
     */
    static void setFromProperty() {
        String nanos = System.getProperty(PROPERTY);
        Path thread = Path.of("/proc/thread-self");
        if (nanos == null || !Files.exists(thread)) {
            return;
        }
        try {
            // The file is not in the thread's own directory, but in the one that its number leads to like a process's.
            Path slack = Path.of("/proc", thread.toRealPath().getFileName().toString(), "timerslack_ns");
            if (Files.exists(slack)) {
                Files.writeString(slack, nanos);
            }
        } catch (IOException e) {
            System.err.println("The timer slack stays as it is, and is not " + nanos + " ns: " + FailureText.of(e));
        }
    }
}
