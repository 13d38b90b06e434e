package io.weir.benchmarks.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.benchmarks.measured.NotMeasuredException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The load generator <a href="https://github.com/wg/wrk">wrk</a>, which must be installed. Each of its connections
 * sends the next request as soon as it has received a response.
 */
public final class Wrk {

    /** The number of wrk's threads, which share the connections. */
    public static final int THREADS = 2;

    private static final String SCRIPT = "paths.lua";
    private static final Pattern VERSION = Pattern.compile("wrk (?:debian/)?(\\S+) ");

    /** Longer than the API's time limit of a request. */
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(40);

    private static final Duration GRACE = Duration.ofMinutes(1);

    private final String version;

    private Wrk(String version) {
        this.version = version;
    }

    /**
     * Finds wrk on the path.
     *
     * @throws NotMeasuredException if it is not installed
     */
    public static Wrk find() throws IOException {
        Process process;
        try {
            process = new ProcessBuilder("wrk", "--version")
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new NotMeasuredException("wrk is required to measure the API, and was not found. On Debian or"
                    + " Ubuntu:\n"
                    + "  sudo apt-get install wrk\nElsewhere, see https://github.com/wg/wrk.");
        }
        try (InputStream output = process.getInputStream()) {
            String text = new String(output.readAllBytes(), UTF_8);
            Matcher version = VERSION.matcher(text);
            if (!version.lookingAt()) {
                throw new NotMeasuredException("wrk --version has printed \"" + text + "\"; expected a version");
            }
            return new Wrk(version.group(1));
        } finally {
            process.destroyForcibly();
        }
    }

    public String version() {
        return version;
    }

    /**
     * Runs wrk with the given number of connections for the given time.
     *
     * @param directory for its script and its output
     * @throws NotMeasuredException if wrk or any request fails
     */
    WrkResult run(String api, Question question, int connections, Duration length, Path directory)
            throws IOException, InterruptedException {
        Path output = directory.resolve("wrk.log");
        Process process = new ProcessBuilder(command(api, question, connections, length, script(directory)))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(length.plus(GRACE).toSeconds(), TimeUnit.SECONDS)) {
                throw new NotMeasuredException("wrk did not end: " + Files.readString(output));
            }
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new NotMeasuredException(
                    "wrk failed with exit code " + process.exitValue() + ": " + Files.readString(output));
        }
        return WrkResult.parse(Files.readString(output));
    }

    private static List<String> command(String api, Question question, int connections, Duration length, Path script) {
        List<String> command = new ArrayList<>(List.of(
                "wrk",
                "--threads",
                Integer.toString(THREADS),
                "--connections",
                Integer.toString(connections),
                "--duration",
                length.toSeconds() + "s",
                "--timeout",
                REQUEST_LIMIT.toSeconds() + "s",
                "--script",
                script.toString(),
                api,
                "--"));
        command.addAll(question.paths());
        return command;
    }

    private static Path script(Path directory) {
        try (InputStream script = Objects.requireNonNull(Wrk.class.getResourceAsStream(SCRIPT), SCRIPT)) {
            return Files.write(directory.resolve(SCRIPT), script.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
