package io.weir.local.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {
    @TempDir
    Path directory;

    @Test
    void isExclusiveAndCanBeAcquiredAgain() throws IOException {
        try (DirectoryLock first = DirectoryLock.tryTake(directory).orElseThrow()) {
            assertThat(first).isNotNull();
            assertThat(DirectoryLock.tryTake(directory)).isEmpty();
        }
        try (DirectoryLock again = DirectoryLock.tryTake(directory).orElseThrow()) {
            assertThat(again).isNotNull();
        }
    }

    @Test
    void belongsToItsProcessUntilThatEnds() throws IOException, InterruptedException {
        ChildProcess owner = Programs.start(Programs.Idle.class.getName(), directory);
        owner.awaitHealthy(() -> owner.logTail().contains("up"), Duration.ofSeconds(30));

        assertThat(DirectoryLock.tryTake(directory)).isEmpty();
        assertThat(DirectoryLock.owner(directory)).isEqualTo(Long.toString(owner.pid()));

        owner.kill();
        try (DirectoryLock freed =
                DirectoryLock.take(directory, Duration.ofSeconds(10)).orElseThrow()) {
            assertThat(freed).isNotNull();
        }
    }

    @Test
    void aRefusedAttemptDoesNotReleaseTheLock() throws IOException {
        try (DirectoryLock held = DirectoryLock.tryTake(directory).orElseThrow()) {
            assertThat(held).isNotNull();
            assertThat(DirectoryLock.tryTake(directory)).isEmpty();
            assertThat(DirectoryLock.owner(directory))
                    .isEqualTo(Long.toString(ProcessHandle.current().pid()));

            try (ChildProcess other = Programs.start(Programs.Idle.class.getName(), directory)) {
                assertThat(other.log()).exists();
                // It waits for the lock before it runs its main.
                assertThatThrownBy(
                                () -> other.awaitHealthy(() -> other.logTail().contains("up"), Duration.ofSeconds(2)))
                        .hasMessageContaining("did not answer");
            }
        }
    }
}
