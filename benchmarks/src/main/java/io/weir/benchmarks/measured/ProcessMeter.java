package io.weir.benchmarks.measured;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sums the CPU time of a part whose process may be replaced. Call {@link #sample} often: the usage between the last
 * sample and the end of a process is lost. Not thread-safe.
 */
public final class ProcessMeter {

    private final LongSupplier pid;
    private @Nullable ObservedProcess process;
    private long lastPid;
    private Duration ofEarlier = Duration.ZERO;
    private Duration ofLast = Duration.ZERO;
    private long peakBytes;
    private int replaced;

    /** @param pid the pid of the part's current process */
    public ProcessMeter(LongSupplier pid) {
        this.pid = pid;
    }

    /** Samples the current process. For a process that has just ended, the last sample is kept. */
    public void sample() {
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

    /** Resets the peak. */
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

    /** Returns the peak resident memory in bytes. */
    public long peakBytes() {
        return peakBytes;
    }

    /** Returns how often the process was replaced. */
    public int replaced() {
        return replaced;
    }
}
