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

/** The Spark application in a JVM of its own, with Spark inside it: what spark-submit does on a cluster. */
public final class EmbeddedPipeline implements AutoCloseable {

    private static final String MAIN_CLASS = "io.weir.metricconsumer.MetricConsumer";

    /** What {@code MetricConsumer} ends with, and how its message begins, when it cannot go on. */
    private static final int GAVE_UP = 1;

    private static final String OWN_WORDS = "weir: ";

    /** How its lines begin that tell its user something while it runs. */
    private static final String NOTICE = "weir notice: ";

    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final ChildProcess process;

    private EmbeddedPipeline(ChildProcess process) {
        this.process = process;
    }

    /** Starts the application with the smallest heap, and returns when it reads the log. */
    public static EmbeddedPipeline start(
            Path home, Path directory, Path log, Map<String, String> settings, Optional<Path> configuration) {
        return start(home, directory, log, settings, configuration, Heaps.LEAST);
    }

    /**
     * Starts the application and returns when it reads the log, or has caught up with it and ended.
     *
     * @param home the checkout, with the project built
     * @param directory for the checkpoint and what Spark needs to write
     * @param log the file for its output
     * @param settings Spark's configuration, {@code spark.weir.…} included; goes over the file
     * @param configuration a HOCON file of settings
     * @throws UnavailableException when it does not start; the message holds what it said last
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
        Map<String, String> all = new TreeMap<>(Map.of(
                "spark.ui.enabled",
                "false",
                "spark.driver.host",
                "127.0.0.1",
                "spark.driver.bindAddress",
                "127.0.0.1",
                "spark.local.dir",
                ChildMain.temporaryFiles(directory.toAbsolutePath()).toString(),
                "spark.hadoop.fs.permissions.umask-mode", // Hadoop has one of its own
                "077",
                "spark.weir.spark.checkpoint",
                checkpoint(directory).toString(),
                "spark.weir.spark.ready-file",
                ready.toString()));
        all.putAll(settings);
        List<String> options = new ArrayList<>();
        options.add("@" + home.resolve("local/src/main/conf/pipeline.options").toAbsolutePath());
        options.add(heaps.maximum(Heaps.Part.PIPELINE));
        options.add("-Dlog4j2.configurationFile="
                + home.resolve("metricconsumer/src/main/conf/log4j2.properties").toAbsolutePath());
        all.forEach((key, value) -> options.add("-D" + key + "=" + value));
        List<String> arguments = configuration
                .map(file -> List.of("--config", file.toAbsolutePath().toString()))
                .orElse(List.of());
        JavaCommand command = new JavaCommand(classpath(home), options, directory, MAIN_CLASS, arguments);
        ChildProcess process = ChildProcess.start("The pipeline", command, log);
        try {
            // With the trigger available-now it may have caught up and removed the file before anyone has looked.
            process.awaitHealthyOrDone(() -> Files.exists(ready), START_LIMIT);
        } catch (RuntimeException e) {
            process.close();
            throw e;
        }
        return new EmbeddedPipeline(process);
    }

    /** Passes on what the application tells its user while it runs, such as that a query fails, and why. */
    public void follow(Consumer<String> notices) {
        process.follow(NOTICE, notices);
    }

    /** Where Spark keeps its progress. */
    public static Path checkpoint(Path directory) {
        return directory.toAbsolutePath().resolve("checkpoint");
    }

    public ChildProcess process() {
        return process;
    }

    /**
     * Returns why the application gave up, in its own words: started again, it would do so again. Empty if it was ended,
     * or has crashed.
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

    private static String classpath(Path home) {
        return ModuleJar.of(home, "metricconsumer")
                + System.getProperty("path.separator")
                + ModuleJar.dependenciesOf(home, "metricconsumer");
    }
}
