package io.weir.benchmarks.measured;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A process of this machine and user, with the operating system's accounting. Memory requires Linux; elsewhere it is 0.
 */
public final class ObservedProcess {

    /** Resets the peak on Linux (proc(5)). */
    private static final String RESET_PEAK = "5";

    private static final String PEAK = "VmHWM:";

    private final ProcessHandle process;
    private final Path status;
    private final Path clearRefs;

    public ObservedProcess(long pid) {
        process = ProcessHandle.of(pid)
                .orElseThrow(() -> new IllegalArgumentException("there is no process " + pid + " to observe"));
        Path proc = Path.of("/proc", Long.toString(pid));
        status = proc.resolve("status");
        clearRefs = proc.resolve("clear_refs");
    }

    public Duration cpu() {
        return cpuIfAlive()
                .orElseThrow(() -> new IllegalStateException(
                        "the operating system does not say what CPU time process " + process.pid() + " has used"));
    }

    /** Returns the CPU time so far; empty if the process has ended. */
    Optional<Duration> cpuIfAlive() {
        return process.info().totalCpuDuration();
    }

    /** Resets the peak, if the kernel allows it. */
    public void resetPeak() {
        try {
            if (Files.isWritable(clearRefs)) {
                Files.writeString(clearRefs, RESET_PEAK);
            }
        } catch (IOException e) {
            // Not permitted: the peak is then that of the whole lifetime, as docs/reference/performance.md says.
        }
    }

    public long peakBytes() {
        if (!Files.exists(status)) {
            return 0;
        }
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith(PEAK))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            if (!Files.exists(status)) {
                return 0; // the process has ended meanwhile
            }
            throw new UncheckedIOException("cannot read " + status, e);
        }
    }
}
