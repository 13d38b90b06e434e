package io.weir.local.servers;

import io.weir.core.text.FailureText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Sets the timer slack: how late the kernel may wake a sleeping thread, to batch wake-ups. The Linux default is 50 µs.
 * The JVM has no option for it.
 *
 * <p>Needs nothing but the JDK.
 */
final class TimerSlack {
    /** Nanoseconds. */
    static final String PROPERTY = "weir.child.timer-slack";

    private TimerSlack() {}

    /**
     * Applies the property, if set, to this thread and to all threads that it starts, directly or indirectly. Does
     * nothing if the kernel does not support timer slack. Warns on standard error if the kernel rejects the value: the
     * process then only uses more CPU.
     */
    static void setFromProperty() {
        String nanos = System.getProperty(PROPERTY);
        Path thread = Path.of("/proc/thread-self");
        if (nanos == null || !Files.exists(thread)) {
            return;
        }
        try {
            // The file is in /proc/TID, not in /proc/PID/task/TID.
            Path slack = Path.of("/proc", thread.toRealPath().getFileName().toString(), "timerslack_ns");
            if (Files.exists(slack)) {
                Files.writeString(slack, nanos);
            }
        } catch (IOException e) {
            System.err.println("The timer slack could not be set to " + nanos + " ns: " + FailureText.of(e));
        }
    }
}
