package io.weir.benchmarks;

import io.weir.benchmarks.variant.Assignment;
import io.weir.benchmarks.variant.Measurement;
import io.weir.benchmarks.variant.VariantMain;
import io.weir.local.servers.ChildMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs variants, each in a JVM of its own with the options of Weir's pipeline and the same heap. */
final class VariantProcess {

    private final Path home;
    private final String heap;
    private final boolean profile;
    private final Duration limit;

    /**
     * @param heap as {@code -Xmx} takes it
     * @param profile whether each run leaves a recording of JDK Flight Recorder
     * @param limit after which a run is ended
     */
    VariantProcess(Path home, String heap, boolean profile, Duration limit) {
        this.home = home.toAbsolutePath();
        this.heap = heap;
        this.profile = profile;
        this.limit = limit;
    }

    /**
     * Returns when the variant is done.
     *
     * @param directory of the run alone: its checkpoint, and its output in {@code log}
     * @throws FailedRunException if it fails or takes too long
     */
    Measurement run(Assignment assignment, Path directory) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        assignment.writeTo(directory);
        Path log = directory.resolve("log");
        ProcessBuilder builder =
                new ProcessBuilder(command(directory)).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "CLASSPATH"));
        Process process = builder.start();
        try {
            if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                throw new FailedRunException("not done within " + limit.toSeconds() + " s (" + log + ")");
            }
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new FailedRunException("failed with exit code " + process.exitValue() + " (" + log + ")");
        }
        return Assignment.readMeasurement(directory);
    }

    /** Behind {@link ChildMain}, which ends it when this process ends. */
    private List<String> command(Path directory) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + home.resolve("local/src/main/conf/pipeline.options"),
                "-Xmx" + heap,
                "-XX:ErrorFile=" + directory.resolve("hs_err_pid%p.log"),
                "-Dlog4j2.configurationFile=" + home.resolve("metricconsumer/src/main/conf/log4j2.properties")));
        if (profile) {
            command.add("-XX:StartFlightRecording=settings=profile,dumponexit=true,filename="
                    + directory.resolve("recording.jfr"));
        }
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                ChildMain.class.getName(),
                directory.toString(),
                VariantMain.class.getName(),
                directory.toString()));
        return command;
    }
}
