package io.weir.e2e.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.e2e.rig.RunningProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Unpacks the archive of the distribution into a directory with a space in its name, and runs its commands, with no
 * checkout and no Maven in their environment.
 */
class DistributionIT {

    private static final String NAME = "weir-" + System.getProperty("weir.version");
    private static final Path ARCHIVE =
            Path.of(System.getProperty("weir.home"), "distribution/target", NAME + ".tar.gz");
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final int COMMAND_SECONDS = 90;

    /** The host of a URL in Maven's settings; an address without letters, such as 0.0.0.0, is not one. */
    private static final Pattern REGISTRY = Pattern.compile("<url>\\w+://([^/:<]*[a-z][^/:<]*)");

    /** Programs of the system that are not on the path of the launcher. */
    private static final Set<String> NOT_NEEDED = Set.of("git", "java", "javac", "mvn", "mvnDebug");

    @TempDir
    private static Path temporary;

    private static Path directory;
    private static Path home;
    private static Path tools;

    private record Result(int exitCode, String output) {

        String text() {
            assertThat(exitCode).as(output).isZero();
            return output;
        }
    }

    @BeforeAll
    static void unpack() throws Exception {
        directory = Files.createDirectories(temporary.resolve("with a space"));
        home = directory.resolve(NAME);
        tools = Files.createDirectories(temporary.resolve("tools"));
        try (Stream<Path> programs = Files.list(Path.of("/usr/bin"))) {
            for (Path program : programs.toList()) {
                if (!NOT_NEEDED.contains(program.getFileName().toString())) {
                    Files.createSymbolicLink(tools.resolve(program.getFileName()), program);
                }
            }
        }
        run(new ProcessBuilder("tar", "-xzf", ARCHIVE.toString())).text();
    }

    @Test
    void dependsOnNothingButItsContents() throws Exception {
        List<String> entries = run(new ProcessBuilder("tar", "--utc", "-tvzf", ARCHIVE.toString()))
                .text()
                .lines()
                .toList();
        assertThat(entries).allSatisfy(entry -> assertThat(entry)
                .matches("(drwxr-xr-x|-rw-r--r--|-rwxr-xr-x) root/root +\\d+ 2026-01-01 00:00 weir-.*"));
        assertThat(entries.stream().filter(entry -> entry.startsWith("-rwx")))
                .singleElement()
                .asString()
                .endsWith("/bin/weir");
    }

    @Test
    void namesNoPathAndNoRegistryOfTheMachineThatBuiltIt() throws IOException {
        List<String> names = namesOfThisMachine();
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(DistributionIT::isOurs).toList()) {
                String text = file.toString().endsWith(".jar") ? textOfJar(file) : Files.readString(file);
                names.stream().filter(text::contains).forEach(name -> found.add(home.relativize(file) + ": " + name));
            }
        }
        assertThat(found).isEmpty();
    }

    private static boolean isOurs(Path file) {
        String name = file.getFileName().toString();
        return Files.isRegularFile(file) && (name.startsWith("weir-") || !name.endsWith(".jar"));
    }

    private static List<String> namesOfThisMachine() throws IOException {
        List<String> names =
                new ArrayList<>(List.of(System.getProperty("weir.home"), System.getProperty("weir.repository")));
        for (Path settings : List.of(
                Path.of(System.getProperty("user.home"), ".m2/settings.xml"),
                Path.of(System.getProperty("weir.maven"), "conf/settings.xml"))) {
            if (Files.exists(settings)) {
                REGISTRY.matcher(Files.readString(settings))
                        .results()
                        .map(url -> url.group(1))
                        .forEach(names::add);
            }
        }
        return names;
    }

    private static String textOfJar(Path jar) throws IOException {
        StringBuilder text = new StringBuilder();
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(jar))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                text.append(entry.getName()).append('\n').append(new String(in.readAllBytes(), ISO_8859_1));
            }
        }
        return text.toString();
    }

    @Test
    void containsEachJarOnceAndTheLicence() throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            List<Path> jars =
                    files.filter(file -> file.toString().endsWith(".jar")).toList();
            assertThat(jars).allMatch(jar -> jar.getParent().equals(home.resolve("lib")));
            assertThat(jars).extracting(Path::getFileName).doesNotHaveDuplicates();
            assertThat(Files.readAllLines(home.resolve("THIRD-PARTY"))).hasSize((int) jars.stream()
                    .filter(jar -> !jar.getFileName().toString().startsWith("weir-"))
                    .count());
        }
        assertThat(home.resolve("LICENSE")).isNotEmptyFile();
        assertThat(home.resolve("NOTICE")).isNotEmptyFile();
    }

    @Test
    void printsItsVersion() throws Exception {
        Result result = run(weir("--version"));
        assertThat(result.output()).isEqualTo("weir " + System.getProperty("weir.version") + "\n");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void runsThroughALinkInAnotherDirectory() throws Exception {
        Path link = Files.createSymbolicLink(temporary.resolve("link"), home.resolve("bin/weir"));
        ProcessBuilder builder = weir("--version");
        builder.command().set(0, link.toString());
        assertThat(run(builder).output()).startsWith("weir ");
    }

    @Test
    void refusesAnUnknownCommand() throws Exception {
        Result result = run(weir("frobnicate"));
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.output()).contains("frobnicate").contains("weir --help");
    }

    @Test
    void namesTheJavaThatItFoundAndTheOneThatItNeeds() throws Exception {
        Path java = temporary.resolve("jdk-21");
        Files.createDirectories(java.resolve("bin"));
        Files.writeString(java.resolve("release"), "JAVA_VERSION=\"21.0.2\"\n");
        Files.createSymbolicLink(java.resolve("bin/java"), Path.of("/bin/true"));
        ProcessBuilder builder = weir("--version");
        builder.environment().put("JAVA_HOME", java.toString());

        Result result = run(builder);

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output())
                .contains("Java 17 is needed", java + " (Java 21.0.2)", "PATH: nothing", "Set JAVA_HOME");
    }

    @Test
    void startsTheServersPublishesAFileAndVerifiesTheTables() throws Exception {
        Path readings = directory.resolve("readings.jsonl");
        Files.writeString(
                readings,
                """
                {"device":"d-17","metric":"temperature","time":"2026-03-29T01:30:00Z","value":21.5}
                {"device":"d-17","metric":"temperature","time":"2026-03-29T01:45:00Z","value":22.5}
                """);
        ProcessBuilder builder = weir("up", "--kafka-port", "0", "--cassandra-port", "0", "--api-port", "0");
        try (RunningProcess up = RunningProcess.start("bin/weir up", builder, directory.resolve("up.log"))) {
            await().atMost(START_LIMIT)
                    .until(() -> up.isAlive() && up.log().lines().anyMatch(line -> line.startsWith("ready ")));
            run(weir("publish", "--wait", readings.toString())).text();
            assertThat(run(weir("status")).text()).contains("readings");
            assertThat(run(weir("verify")).text()).contains("6 rollup rows compared, 0 differences");
            assertThat(up.stop()).as("exit code of bin/weir up").isZero();
        }
    }

    /** Returns a command of the unpacked launcher; its environment has JAVA_HOME and the Unix tools alone. */
    private static ProcessBuilder weir(String... arguments) {
        List<String> command = new ArrayList<>(List.of(home.resolve("bin/weir").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "PATH", tools.toString(),
                        "JAVA_HOME", System.getProperty("java.home"),
                        "HOME", directory.toString()));
        return builder;
    }

    /** Runs a program beside the unpacked archive; returns its exit code, and what it wrote to both streams. */
    private static Result run(ProcessBuilder builder) throws IOException, InterruptedException {
        Path output = temporary.resolve("output");
        Process process = builder.directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(new File("/dev/null"))
                .start();
        if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
            throw new AssertionError(
                    builder.command() + " took more than " + COMMAND_SECONDS + " s: " + Files.readString(output));
        }
        return new Result(process.exitValue(), Files.readString(output));
    }
}
