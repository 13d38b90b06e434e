package io.weir.local.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests a copy of the launcher that uses this build instead of making one. */
class LauncherTest {

    private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();

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

    /** Runs {@code weir publish} in the home directory, and returns its output. */
    private String run(String before, String arguments) throws IOException, InterruptedException {
        return script(before + "\nexec bash weir publish " + arguments);
    }

    /** Runs commands in the home directory, where the launcher is, and returns their output. */
    private String script(String commands) throws IOException, InterruptedException {
        Files.copy(CHECKOUT.resolve("weir"), home.resolve("weir"));
        Files.createDirectories(home.resolve("local/src/main"));
        Files.createSymbolicLink(home.resolve("local/src/main/conf"), CHECKOUT.resolve("local/src/main/conf"));
        Files.createSymbolicLink(home.resolve("distribution"), CHECKOUT.resolve("distribution"));
        Path run = Files.createDirectories(home.resolve("target/run/1"));
        Files.writeString(run.resolve("local.classpath"), System.getProperty("java.class.path") + "\n");
        Files.writeString(home.resolve("target/run/current"), run + "\n");
        for (String server : new String[] {"kafka", "cassandra"}) {
            Files.writeString(
                    Files.createDirectories(home.resolve("servers/" + server + "/target"))
                            .resolve("classpath"),
                    "");
        }
        Path script = home.resolve("script");
        Files.writeString(script, "touch target/built\n" + commands + "\n", UTF_8);
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
