package io.weir.local.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests a copy of the launcher that uses this build instead of making one. */
class LauncherTest {

    private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
    private static final String QUESTION = "Install with apt-get? [y/N]";

    @TempDir
    private Path home;

    @ParameterizedTest
    @ValueSource(strings = {"C", "POSIX", "C.UTF-8", "xx_XX.ISO-8859-1"})
    void argumentsAndNamesOfFilesAreUtf8InAnyLocale(String locale) throws Exception {
        Path file = home.resolve("rows.csv");
        Files.writeString(file, "t,Größe\n2024-05-06T00:00:00Z,1\n");
        String output = run(
                "export LC_ALL=" + locale + "; mv rows.csv zähler.csv",
                "--format csv --time t --device =Büro --metrics Größe --preview zähler.csv");
        assertThat(output)
                .contains("{\"device\":\"Büro\",\"time\":\"2024-05-06T00:00:00Z\",\"metric\":\"Größe\",\"value\":1.0}")
                .doesNotContain("Exception");
    }

    @Test
    void argumentsThatAreNotUtf8AreRefused() throws Exception {
        assertThat(run("export LC_ALL=C", "--format csv --device $'=B\\xfcro' --time t --metrics v x"))
                .contains("is not valid UTF-8")
                .doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"> /dev/full", ">&-"})
    void outputThatIsLostIsAFailure(String redirection) throws Exception {
        assertThat(script("bash weir schema print " + redirection + "\necho exit code $?"))
                .contains("weir: The result cannot be written to standard output", "exit code 1\n")
                .hasLineCount(2);
    }

    @Test
    void aReaderThatEndsIsAFailureWithoutAMessage() throws Exception {
        assertThat(script("set -o pipefail\nbash weir help | true\necho exit code $?"))
                .isEqualTo("exit code 1\n");
    }

    @Test
    void theEnvironmentNamesTheDataDirectory() throws Exception {
        assertThat(script("export WEIR_DATA=elsewhere/data\nbash weir status\nbash weir status --data here"))
                .contains("elsewhere/data", "here")
                .doesNotContain(".weir ");
    }

    @Test
    void withoutATerminalMissingPackagesAreInstalled() throws Exception {
        assertThat(runWithoutMaven("bash weir --version", ""))
                .contains("Installing openjdk-17-jdk-headless maven with apt-get (WEIR_YES=0 declines")
                .contains("exit code 1"); // the Maven that is found is still too old
        assertPackagesWereInstalled();
    }

    @Test
    void onATerminalTheUserIsAsked() throws Exception {
        String command = onATerminal("bash weir --version");
        assertThat(runWithoutMaven(command, "n"))
                .contains(QUESTION, "Maven 3.8.1 or later is needed", "sudo apt-get install", "exit code 2");
        assertThat(installed()).doesNotExist();
        assertThat(runWithoutMaven(command, "y")).contains(QUESTION, "Installing ", "exit code 1");
        assertPackagesWereInstalled();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bash weir --yes --version",
                "WEIR_YES=0 bash weir --yes --version",
                "WEIR_YES=1 bash weir --version",
                "CI=true bash weir --version"
            })
    void onATerminalAConsentInAdvanceAnswersTheQuestion(String command) throws Exception {
        assertThat(runWithoutMaven(onATerminal(command), ""))
                .contains("Installing ", "exit code 1")
                .doesNotContain(QUESTION);
        assertPackagesWereInstalled();
    }

    @ParameterizedTest
    @ValueSource(strings = {"WEIR_YES=0 bash weir --version", "WEIR_YES=0 CI=true bash weir --version"})
    void aRefusalInAdvanceHoldsWithAndWithoutATerminal(String command) throws Exception {
        for (String run : List.of(command, onATerminal(command))) {
            assertThat(runWithoutMaven(run, "y"))
                    .contains("Maven 3.8.1 or later is needed", "sudo apt-get install", "exit code 2")
                    .doesNotContain(QUESTION);
        }
        assertThat(installed()).doesNotExist();
    }

    @Test
    void anUnknownAnswerIsRefused() throws Exception {
        assertThat(runWithoutMaven("WEIR_YES=no bash weir --version", ""))
                .contains("weir: WEIR_YES is no. Expected: 1 ", "exit code 2");
        assertThat(installed()).doesNotExist();
    }

    private static String onATerminal(String command) {
        return "script -qec '" + command + "' /dev/null";
    }

    private Path installed() {
        return home.resolve("installed");
    }

    private void assertPackagesWereInstalled() {
        assertThat(installed()).content().contains("install -y --no-install-recommends openjdk-17-jdk-headless maven");
    }

    /**
     * Runs a command in a home directory without a build, on a machine whose Maven is too old and whose {@code apt-get}
     * only appends its arguments to the file {@code installed}; returns the output and the exit code.
     */
    private String runWithoutMaven(String command, String input) throws IOException, InterruptedException {
        copyLauncher();
        Path tools = Files.createDirectories(home.resolve("tools"));
        tool(tools, "mvn", "echo Apache Maven 3.0.0");
        tool(tools, "apt-get", "echo \"$*\" >> '" + home.resolve("installed") + "'");
        tool(tools, "sudo", "shift; exec \"$@\"");
        return bash("unset CI WEIR_YES MAVEN_HOME; PATH='" + tools + "':$PATH\n(" + command + ") <<< '" + input
                + "'\necho \"exit code $?\"\n");
    }

    private static void tool(Path directory, String name, String commands) throws IOException {
        Path tool = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + commands + "\n");
        assertThat(tool.toFile().setExecutable(true)).isTrue();
    }

    private void copyLauncher() throws IOException {
        Files.copy(CHECKOUT.resolve("weir"), home.resolve("weir"), StandardCopyOption.REPLACE_EXISTING);
        Path distribution = home.resolve("distribution");
        if (!Files.exists(distribution)) {
            Files.createSymbolicLink(distribution, CHECKOUT.resolve("distribution"));
        }
    }

    /** Runs {@code weir publish} in the home directory, and returns its output. */
    private String run(String before, String arguments) throws IOException, InterruptedException {
        return script(before + "\nexec bash weir publish " + arguments);
    }

    /** Runs commands in the home directory, where the launcher is, and returns their output. */
    private String script(String commands) throws IOException, InterruptedException {
        copyLauncher();
        Files.createDirectories(home.resolve("local/src/main"));
        Files.createSymbolicLink(home.resolve("local/src/main/conf"), CHECKOUT.resolve("local/src/main/conf"));
        Path run = Files.createDirectories(home.resolve("target/run/1"));
        Files.writeString(run.resolve("local.classpath"), System.getProperty("java.class.path") + "\n");
        Files.writeString(home.resolve("target/run/current"), run + "\n");
        for (String server : new String[] {"kafka", "cassandra"}) {
            Files.writeString(
                    Files.createDirectories(home.resolve("servers/" + server + "/target"))
                            .resolve("classpath"),
                    "");
        }
        return bash("touch target/built\n" + commands + "\n");
    }

    private String bash(String commands) throws IOException, InterruptedException {
        Path script = Files.writeString(home.resolve("script"), commands, UTF_8);
        Path output = home.resolve("output");
        ProcessBuilder builder = new ProcessBuilder("bash", script.toString())
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.start().waitFor();
        return Files.readString(output);
    }
}
