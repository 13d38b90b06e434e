package io.weir.local.command.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.local.command.Weir;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {

    @TempDir
    private Path directory;

    @AfterEach
    void forget() {
        System.clearProperty("weir.log.file");
        System.clearProperty("weir.log.to");
    }

    /**
     * The command fails at once, because the test does not run in a checkout, but only after it has created its
     * directory.
     */
    @Test
    void theFirstUpInADirectoryHasALog() {
        Path data = directory.resolve("new");

        assertThat(Weir.execute("up", "--data", data.toString())).isEqualTo(ExitCode.FAILED);

        assertThat(System.getProperty("weir.log.to")).isEqualTo("file");
        assertThat(Path.of(System.getProperty("weir.log.file")))
                .isEqualTo(data.toAbsolutePath().resolve("logs/commands.log"));
    }

    @Test
    void aCommandWithoutADirectoryCreatesNoLog() {
        Path data = directory.resolve("none");

        Weir.execute("status", "--data", data.toString());

        assertThat(System.getProperty("weir.log.to")).isNull();
        assertThat(Files.exists(data)).isFalse();
    }
}
