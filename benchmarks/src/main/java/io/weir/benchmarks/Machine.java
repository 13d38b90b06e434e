package io.weir.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The machine of a measurement.
 *
 * @param processor empty if unknown
 */
record Machine(int cores, String processor, long memoryBytes, String system, String java) {

    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    static Machine here() throws IOException {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                processorHere(),
                memory(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                Runtime.version().toString());
    }

    String sentence() {
        return cores + " cores" + (processor.isEmpty() ? "" : " of " + processor) + ", " + (memoryBytes >> 30)
                + " GiB, " + system + ", Java " + java;
    }

    private static String processorHere() throws IOException {
        if (!Files.exists(PROCESSORS)) {
            return "";
        }
        return Files.readAllLines(PROCESSORS).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("");
    }

    private static long memory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : 0;
    }
}
