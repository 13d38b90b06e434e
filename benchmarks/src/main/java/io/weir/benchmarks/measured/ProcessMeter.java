package io.weir.benchmarks.measured;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the CPU time of a part whose process may be replaced by another. Call {@link #look} often: what a process
 * uses between the last look and its end is lost. Not thread-safe.
 */
public final class ProcessMeter {

    private final LongSupplier pid;
    private @Nullable ObservedProcess process;
    private long lastPid;
    private Duration ofEarlier = Duration.ZERO;
    private Duration ofLast = Duration.ZERO;
    private long peakBytes;
    private int replaced;

    /** @param pid of the process that is the part now */
    public ProcessMeter(LongSupplier pid) {
        this.pid = pid;
    }

    /** Takes what the system says now. A process that has just ended says nothing, and what it said last holds. */
    public void look() {
        long now = pid.getAsLong();
        if (process == null || now != lastPid) {
            adopt(now);
        }
        ObservedProcess observed = process;
        if (observed != null) {
            observed.cpuIfAlive().ifPresent(cpu -> ofLast = cpu);
            peakBytes = Math.max(peakBytes, observed.peakBytes());
        }
    }

    private void adopt(long now) {
        if (ProcessHandle.of(now).isEmpty()) {
            return;
        }
        if (process != null) {
            replaced++;
        }
        ofEarlier = ofEarlier.plus(ofLast);
        ofLast = Duration.ZERO;
        lastPid = now;
        process = new ObservedProcess(now);
    }

    /** From here on the peak is that of what follows. */
    public void resetPeak() {
        ObservedProcess observed = process;
        if (observed != null) {
            observed.resetPeak();
        }
        peakBytes = 0;
    }

    public Duration cpu() {
        return ofEarlier.plus(ofLast);
    }

    /** The most memory that was resident. */
    public long peakBytes() {
        return peakBytes;
    }

    /** How often another process has taken its place. */
    public int replaced() {
        return replaced;
    }
}
