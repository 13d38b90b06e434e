package io.weir.local.servers;

import io.weir.core.text.FailureText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The Spark application in its own JVM, in Spark's local mode: what spark-submit does on a cluster. */
public final class EmbeddedPipeline implements AutoCloseable {

    private static final String MAIN_CLASS = "io.weir.metricconsumer.MetricConsumer";

    /** The exit code of {@code MetricConsumer} when it gives up, and the prefix of its message. */
    private static final int GAVE_UP = 1;

    private static final String OWN_WORDS = "weir: ";

    /** The prefix of its notices to the user while it runs. */
    private static final String NOTICE = "weir notice: ";

    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final ChildProcess process;

    private EmbeddedPipeline(ChildProcess process) {
        this.process = process;
    }

    /** Starts the application with the smallest heap, and returns when it reads the topic. */
    public static EmbeddedPipeline start(
            Path home, Path directory, Path log, Map<String, String> settings, Optional<Path> configuration) {
        return start(home, directory, log, settings, configuration, Heaps.LEAST);
    }

    /**
     * Starts the application and returns when it reads the topic, or has caught up and ended.
     *
     * @param home a built checkout or an unpacked distribution
     * @param directory for the checkpoint and Spark's temporary files
     * @param log the file for its output
     * @param settings Spark's configuration, {@code spark.weir.…} included; overrides the file
     * @param configuration a HOCON file of settings
     * @throws UnavailableException if it does not start; the message holds its last output
     */
    public static EmbeddedPipeline start(
            Path home,
            Path directory,
            Path log,
            Map<String, String> settings,
            Optional<Path> configuration,
            Heaps heaps) {
        Path ready = directory.toAbsolutePath().resolve("ready");
        create(directory, ready);
        JavaCommand command =
                command(home, directory, all(directory, ready, settings), heaps, arguments(configuration));
        ChildProcess process = ChildProcess.start("The pipeline", command, log);
        try {
            // With the trigger available-now it may catch up and remove the file before the first probe.
            process.awaitHealthyOrDone(() -> Files.exists(ready), START_LIMIT);
        } catch (RuntimeException e) {
            process.close();
            throw process.lastWords(OWN_WORDS)
                    .<RuntimeException>map(
                            words -> new UnavailableException("The pipeline does not start: " + words, e))
                    .orElse(e);
        }
        return new EmbeddedPipeline(process);
    }

    /**
     * Checks the settings as the application does at its start, in a short-lived JVM, so that a wrong one is reported
     * before servers start.
     *
     * @throws UnavailableException if a setting is unknown or has a value that is not allowed
     */
    public static void check(
            Path home, Path directory, Path log, Map<String, String> settings, Optional<Path> configuration) {
        create(directory, directory.toAbsolutePath().resolve("ready"));
        List<String> arguments = new ArrayList<>(List.of("--check"));
        arguments.addAll(arguments(configuration));
        ChildProcess process = ChildProcess.start(
                "The check of the settings", command(home, directory, settings, Heaps.LEAST, arguments), log);
        try {
            process.awaitSuccess(START_LIMIT);
        } catch (UnavailableException e) {
            throw process.lastWords(OWN_WORDS)
                    .map(words -> new UnavailableException("The settings are wrong: " + words, e))
                    .orElse(e);
        }
    }

    private static Map<String, String> all(Path directory, Path ready, Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>(Map.of(
                "spark.ui.enabled",
                "false",
                "spark.driver.host",
                "127.0.0.1",
                "spark.driver.bindAddress",
                "127.0.0.1",
                "spark.local.dir",
                ChildMain.temporaryFiles(directory.toAbsolutePath()).toString(),
                "spark.hadoop.fs.permissions.umask-mode", // Hadoop does not use the umask of the process
                "077",
                "spark.weir.spark.checkpoint",
                checkpoint(directory).toString(),
                "spark.weir.spark.ready-file",
                ready.toString()));
        all.putAll(settings);
        return all;
    }

    private static JavaCommand command(
            Path home, Path directory, Map<String, String> settings, Heaps heaps, List<String> arguments) {
        List<String> options = new ArrayList<>();
        options.add("@" + ModuleFiles.of(home, "local").conf("pipeline.options"));
        options.add(heaps.maximum(Heaps.Part.PIPELINE));
        ModuleFiles application = ModuleFiles.of(home, "metricconsumer");
        options.add("-Dlog4j2.configurationFile=" + application.conf("log4j2.properties"));
        settings.forEach((key, value) -> options.add("-D" + key + "=" + value));
        return new JavaCommand(classpath(application), options, directory, MAIN_CLASS, arguments);
    }

    private static List<String> arguments(Optional<Path> configuration) {
        return configuration
                .map(file -> List.of("--config", file.toAbsolutePath().toString()))
                .orElse(List.of());
    }

    /** Passes on the application's notices, such as a failing query with its error. */
    public void follow(Consumer<String> notices) {
        process.follow(NOTICE, notices);
    }

    /** Returns Spark's checkpoint directory. */
    public static Path checkpoint(Path directory) {
        return directory.toAbsolutePath().resolve("checkpoint");
    }

    public ChildProcess process() {
        return process;
    }

    /**
     * Returns the message with which the application gave up; a restart would fail again. Empty if it was stopped or
     * crashed.
     */
    public Optional<String> reasonToGiveUp(int exitCode) {
        return exitCode == GAVE_UP
                ? process.lastWords(OWN_WORDS).map(words -> process.name() + " has stopped: " + words)
                : Optional.empty();
    }

    @Override
    public void close() {
        process.close();
    }

    private static void create(Path directory, Path ready) {
        try {
            Files.createDirectories(directory);
            Files.deleteIfExists(ready);
        } catch (IOException e) {
            throw new UnavailableException("Cannot write to " + directory + ": " + FailureText.of(e), e);
        }
    }

    private static String classpath(ModuleFiles application) {
        return application.jar() + System.getProperty("path.separator") + application.dependencies();
    }
}
