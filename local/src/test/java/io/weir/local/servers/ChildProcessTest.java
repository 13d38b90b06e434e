package io.weir.local.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChildProcessTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    @Test
    void endsWhenItIsClosed() {
        ChildProcess child = startAndAwait(Programs.Idle.class);

        child.stop();

        assertThat(child.isAlive()).isFalse();
        assertThat(child.onExit()).succeedsWithin(LIMIT).isEqualTo(128 + 15);
    }

    @Test
    void isKilledIfItDoesNotEnd() {
        ChildProcess child = startAndAwait(Programs.Stubborn.class);

        child.stop(Duration.ofMillis(300));

        assertThat(child.isAlive()).isFalse();
        assertThat(child.onExit()).succeedsWithin(LIMIT).isEqualTo(128 + 9);
    }

    @Test
    void anInterruptFromTheTerminalIsLeftToTheParent() throws IOException, InterruptedException {
        try (ChildProcess child = startAndAwait(Programs.Idle.class)) {
            new ProcessBuilder("kill", "-INT", Long.toString(child.pid()))
                    .start()
                    .waitFor();

            assertThatThrownBy(() -> child.awaitHealthy(() -> false, Duration.ofSeconds(1)))
                    .hasMessageContaining("did not answer");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void setsTheTimerSlackOfItsOptions() {
        ChildProcess child =
                Programs.start(Programs.Sleeper.class.getName(), directory, "-D" + TimerSlack.PROPERTY + "=1000000");

        assertThat(child.onExit()).succeedsWithin(LIMIT).isEqualTo(0);
        assertThat(directory.resolve("child.log")).content().contains("timer slack 1000000");
    }

    @Test
    void aStartThatFailsIsReportedWithTheEndOfTheLogAndNoStackTrace() {
        ChildProcess child = Programs.start(Programs.Broken.class.getName(), directory);

        assertThatThrownBy(() -> child.awaitHealthy(() -> false, LIMIT))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("Child stopped while starting, with exit code 1")
                .hasMessageContaining(directory.resolve("child.log").toString())
                .hasMessageContaining("the disk is made of cheese")
                .hasMessageNotContaining("\tat ");
    }

    @Test
    void aTaskThatCompletesAtOnceHasStarted() {
        ChildProcess child = Programs.start(Programs.Done.class.getName(), directory);

        child.awaitHealthyOrDone(() -> false, LIMIT);

        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void aTaskThatFailsAtOnceIsReported() {
        ChildProcess child = Programs.start(Programs.Broken.class.getName(), directory);

        assertThatThrownBy(() -> child.awaitHealthyOrDone(() -> false, LIMIT))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("Child stopped while starting, with exit code 1");
    }

    @Test
    void theReportOfAnEndHasSignalAndNextStepButNoLog() {
        ChildProcess child = startAndAwait(Programs.Idle.class);

        child.kill();

        assertThat(child.reportEnd("Start it again"))
                .startsWith("Child has stopped by signal 9 (SIGKILL). Another process killed it, or the kernel did")
                .endsWith("Start it again. Log: " + directory.resolve("child.log"))
                .doesNotContain("\n");
    }

    @Test
    void aStartThatTakesTooLongIsReported() {
        try (ChildProcess child = Programs.start(Programs.Idle.class.getName(), directory)) {
            assertThatThrownBy(() -> child.awaitHealthy(() -> false, Duration.ofSeconds(1)))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("did not answer within 1 s");
        }
    }

    @Test
    void theNextProcessRemovesTemporaryFilesOfAKilledOne() throws IOException {
        for (int i = 0; i < 2; i++) {
            startAndAwait(Programs.Littering.class).kill();
            try (Stream<Path> files = Files.list(directory.resolve("tmp"))) {
                assertThat(files).singleElement().asString().endsWith(".so");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {Programs.Idle.class, Programs.Stubborn.class})
    void endsWithItsParentEvenIfThatIsKilled(Class<?> main) throws IOException {
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        Programs.testClasses() + System.getProperty("path.separator") + Programs.mainClasses(),
                        Programs.Parent.class.getName(),
                        main.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("parent.log").toFile())
                .start();
        Path pidFile = directory.resolve("child-pid");
        await().atMost(LIMIT).until(() -> pidFile.toFile().exists());
        ProcessHandle child = ProcessHandle.of(Programs.readPid(pidFile)).orElseThrow();
        assertThat(child.isAlive()).isTrue();

        parent.destroyForcibly();

        await().atMost(LIMIT).until(() -> !child.isAlive());
    }

    @Test
    void waitsUntilItsPredecessorHasReleasedTheDirectory() {
        try (ChildProcess predecessor = startAndAwait(Programs.Idle.class);
                ChildProcess successor = Programs.start(Programs.Idle.class.getName(), directory)) {
            // Both write to the same name; the successor's is the fresh file.
            assertThatThrownBy(() -> awaitUp(successor, Duration.ofSeconds(2))).hasMessageContaining("did not answer");

            predecessor.stop();

            awaitUp(successor, LIMIT);
        }
    }

    private ChildProcess startAndAwait(Class<?> main) {
        ChildProcess child = Programs.start(main.getName(), directory);
        awaitUp(child, LIMIT);
        return child;
    }

    private static void awaitUp(ChildProcess child, Duration limit) {
        child.awaitHealthy(() -> child.logTail().contains("up"), limit);
    }
}
