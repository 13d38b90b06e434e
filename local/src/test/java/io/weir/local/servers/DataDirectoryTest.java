package io.weir.local.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataDirectoryTest {
    @TempDir
    Path temporary;

    @Test
    void aDirectoryHasOneOwner() {
        Path path = temporary.resolve("data");
        try (DataDirectory first = DataDirectory.open(path)) {
            assertThatThrownBy(() -> DataDirectory.open(first.path()))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining(
                            "in use by process " + ProcessHandle.current().pid())
                    .hasMessageContaining("--data");
        }
        try (DataDirectory again = DataDirectory.open(path)) {
            assertThat(again.path()).isAbsolute();
        }
    }

    @Test
    void anUnwritableDirectoryIsRefusedWithARemedy() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "not a directory");

        assertThatThrownBy(() -> DataDirectory.open(file))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("Cannot write to the data directory " + file)
                .hasMessageContaining("--data");
    }

    @Test
    void aNewDirectoryIsAccessibleByItsOwnerOnly() throws IOException {
        Path path = temporary.resolve("new/data");
        try (DataDirectory directory = DataDirectory.open(path)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.path())))
                    .isEqualTo("rwx------");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxr-xr-x", "rwx-----x", "rwx--x---", "rwx-w----"})
    void aDirectoryAccessibleByOthersIsRefusedWithARemedy(String mode) throws IOException {
        Path path = Files.createDirectory(temporary.resolve("open"));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));

        assertThatThrownBy(() -> DataDirectory.open(path))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining(mode)
                .hasMessageContaining("chmod 700 " + path);
    }

    @Test
    void publishedAddressesAreFoundUntilTheClose() {
        Addresses addresses = addresses(ProcessHandle.current().pid(), Addresses.startOfThisProcess());
        try (DataDirectory directory = DataDirectory.open(temporary)) {
            directory.publish(addresses);

            assertThat(Addresses.read(temporary)).isEqualTo(addresses);
        }
        assertThatThrownBy(() -> Addresses.read(temporary))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("weir up")
                .hasMessageContaining("--bootstrap");
    }

    @Test
    void addressesOfAnEndedProcessAreIgnored() {
        Instant earlier = Addresses.startOfThisProcess().minusSeconds(60);
        addresses(ProcessHandle.current().pid(), earlier).write(temporary);

        assertThatThrownBy(() -> Addresses.read(temporary))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("which is gone");
    }

    @Test
    void addressesLeftByACrashAreRemovedByTheNextOwner() {
        addresses(ProcessHandle.current().pid(), Addresses.startOfThisProcess()).write(temporary);

        try (DataDirectory directory = DataDirectory.open(temporary)) {
            assertThatThrownBy(() -> Addresses.read(directory.path())).hasMessageContaining("there is no");
        }
    }

    @Test
    void incompleteAddressesAreReported() throws IOException {
        Files.writeString(temporary.resolve("addresses"), "bootstrap=127.0.0.1:9092\n");

        assertThatThrownBy(() -> Addresses.read(temporary))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("there is no contact-points");
    }

    private static Addresses addresses(long pid, Instant started) {
        return new Addresses(
                "127.0.0.1:9092",
                "127.0.0.1:9042",
                "datacenter1",
                Optional.of("http://127.0.0.1:8080"),
                pid,
                started,
                11,
                12);
    }
}
