package io.weir.benchmarks.measured;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The counters of a JVM of this machine and user, read with {@code jstat} without running code in that JVM. */
public final class JvmCounters {

    private static final String GC_SECONDS = "GCT";

    private JvmCounters() {}

    /**
     * Returns the garbage collection time of the JVM since its start.
     *
     * @throws IOException if {@code jstat} fails, for example because the process has ended
     */
    public static Duration collecting(long pid) throws IOException, InterruptedException {
        Process jstat = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jstat").toString(), "-gc", Long.toString(pid))
                .redirectErrorStream(true)
                .start();
        String output = new String(jstat.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jstat.waitFor() != 0) {
            throw new IOException("jstat failed for process " + pid + ": " + output.strip());
        }
        return collecting(output);
    }

    /** Parses a line of names and a line of numbers. */
    static Duration collecting(String output) throws IOException {
        List<List<String>> lines = output.strip()
                .lines()
                .map(line -> List.of(line.strip().split("\\s+")))
                .toList();
        int column = lines.size() == 2 ? lines.get(0).indexOf(GC_SECONDS) : -1;
        if (column < 0 || lines.get(1).size() != lines.get(0).size()) {
            throw new IOException("jstat has printed no column " + GC_SECONDS + ": " + output.strip());
        }
        return Duration.ofNanos(Math.round(Double.parseDouble(lines.get(1).get(column)) * 1e9));
    }
}
