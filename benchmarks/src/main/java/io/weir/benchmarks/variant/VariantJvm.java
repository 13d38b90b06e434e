package io.weir.benchmarks.variant;

import io.weir.local.servers.ChildMain;
import io.weir.local.servers.Heaps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts the JVM of a variant, with the options of Weir's pipeline. */
public final class VariantJvm {

    private final Path home;
    private final Heaps heaps;
    private final boolean profile;

    /**
     * @param home the checkout, with the project built
     * @param heaps with that of the pipeline, which the variant gets
     * @param profile whether it leaves a recording of JDK Flight Recorder
     */
    public VariantJvm(Path home, Heaps heaps, boolean profile) {
        this.home = home.toAbsolutePath();
        this.heaps = heaps;
        this.profile = profile;
    }

    /** Starts one that does its work and ends. */
    public Process start(Assignment assignment, Path directory) throws IOException {
        return start(assignment, directory, List.of());
    }

    /** Starts one that keeps up with a log, until it is ended. */
    public Process startEndless(Assignment assignment, Path directory) throws IOException {
        return start(assignment, directory, List.of(VariantMain.ENDLESS));
    }

    /** Where one writes its output. */
    public static Path log(Path directory) {
        return directory.resolve("log");
    }

    private Process start(Assignment assignment, Path directory, List<String> arguments) throws IOException {
        Files.createDirectories(directory);
        assignment.writeTo(directory);
        ProcessBuilder builder = new ProcessBuilder(command(directory, arguments))
                .redirectErrorStream(true)
                .redirectOutput(log(directory).toFile());
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "CLASSPATH"));
        return builder.start();
    }

    /** Behind {@link ChildMain}, which ends it when this process ends. */
    private List<String> command(Path directory, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + home.resolve("local/src/main/conf/pipeline.options"),
                heaps.maximum(Heaps.Part.PIPELINE),
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
        command.addAll(arguments);
        return command;
    }
}
