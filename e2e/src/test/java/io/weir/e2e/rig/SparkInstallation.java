package io.weir.e2e.rig;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A Spark installation without the application, built from the jars that the build resolved, with the effect of the
 * scripts {@code spark-class} and {@code spark-submit}. Uses the loopback interface only.
 */
public record SparkInstallation(Path home) {

    private static final Path WEIR = Path.of(System.getProperty("weir.home")).toAbsolutePath();

    /** Links the jars into a new directory. */
    public static SparkInstallation in(Path directory) throws IOException {
        Path jars = Files.createDirectories(directory.resolve("jars"));
        Files.createDirectories(directory.resolve("tmp"));
        String classpath = Files.readString(WEIR.resolve("servers/spark/target/classpath"));
        for (String jar : classpath.strip().split(":")) {
            Files.createSymbolicLink(jars.resolve(Path.of(jar).getFileName()), Path.of(jar));
        }
        return new SparkInstallation(directory.toAbsolutePath());
    }

    /** Returns the application jar that the build delivers. */
    public static Path applicationJar() throws IOException {
        try (Stream<Path> jars = Files.list(WEIR.resolve("application/target"))) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith("weir-application-"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no application jar: mvn package"));
        }
    }

    /** Runs {@code spark-class MAIN ARGUMENT…} or, with the class of that command, {@code spark-submit ARGUMENT…}. */
    public RunningProcess start(String name, Path log, String mainClass, String... arguments) throws IOException {
        return start(name, log, Map.of(), mainClass, arguments);
    }

    private RunningProcess start(
            String name, Path log, Map<String, String> variables, String mainClass, String... arguments)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(mainClass, arguments));
        builder.environment().putAll(environment());
        builder.environment().putAll(variables);
        return RunningProcess.start(name, builder, log);
    }

    /** Runs {@code spark-submit --class … JAR}, with the settings as {@code --conf}. */
    public RunningProcess submit(String name, Path log, String master, Map<String, String> settings)
            throws IOException {
        return submit(name, log, master, settings, Map.of());
    }

    /** Runs {@code spark-submit} with additional environment variables. */
    public RunningProcess submit(
            String name, Path log, String master, Map<String, String> settings, Map<String, String> variables)
            throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--master", master));
        arguments.addAll(List.of("--conf", "spark.driver.host=127.0.0.1"));
        arguments.addAll(List.of("--conf", "spark.driver.bindAddress=127.0.0.1"));
        arguments.addAll(List.of("--conf", "spark.ui.enabled=false"));
        settings.forEach((key, value) -> arguments.addAll(List.of("--conf", key + "=" + value)));
        arguments.addAll(List.of("--class", "io.weir.metricconsumer.MetricConsumer"));
        arguments.add(applicationJar().toString());
        return start(name, log, variables, "org.apache.spark.deploy.SparkSubmit", arguments.toArray(String[]::new));
    }

    /** Returns the command that Spark's launcher builds: it prints the words, each ended by a zero byte. */
    private List<String> command(String mainClass, String... arguments) throws IOException {
        List<String> words =
                new ArrayList<>(List.of(java(), "-cp", home + "/jars/*", "org.apache.spark.launcher.Main"));
        words.add(mainClass);
        words.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().putAll(environment());
        Process launcher = builder.start();
        String printed = new String(launcher.getInputStream().readAllBytes(), UTF_8);
        String complaint = new String(launcher.getErrorStream().readAllBytes(), UTF_8);
        assertThat(printed).as(complaint).contains("\0");
        return Stream.of(printed.split("\0"))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private Map<String, String> environment() {
        return Map.of(
                "SPARK_HOME",
                home.toString(),
                "SPARK_LOCAL_IP",
                "127.0.0.1",
                "JAVA_HOME",
                System.getProperty("java.home"),
                "SPARK_SCALA_VERSION",
                "2.13", // as Spark's load-spark-env.sh finds it
                "JAVA_TOOL_OPTIONS",
                "-Djava.io.tmpdir=" + home.resolve("tmp")); // killed processes leave native libraries in it
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
