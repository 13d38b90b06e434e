package io.weir.core.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFileTest {

    @TempDir
    private Path directory;

    @Test
    void generatesOneSecretThatOnlyTheOwnerMayRead() throws IOException {
        SecretFile file = new SecretFile(directory.resolve("key"));
        String secret = file.readOrGenerate();
        assertThat(secret).matches("[0-9a-f]{64}");
        assertThat(file.readOrGenerate()).isEqualTo(secret);
        assertThat(file.read()).isEqualTo(secret);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                .isEqualTo("rw-------");
        assertThat(new SecretFile(directory.resolve("other")).readOrGenerate()).isNotEqualTo(secret);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "r--------", "rwx------"})
    void readsFilesOfTheOwnerAlone(String mode) throws IOException {
        assertThat(file("secret\n", mode).read()).isEqualTo("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw----r--", "rw-----w-", "rw--w----", "rw-rw----", "rw-r--r--"})
    void refusesFilesThatOthersMayAccess(String mode) throws IOException {
        SecretFile file = file("secret", mode);
        assertThatThrownBy(file::readOrGenerate)
                .isInstanceOf(SecretFileException.class)
                .hasMessageContaining(file.path().toString())
                .hasMessageContaining(mode)
                .hasMessageContaining("chmod 600");
    }

    @Test
    void refusesMissingEmptyAndLargeFiles() throws IOException {
        assertThatThrownBy(() -> new SecretFile(directory.resolve("none")).read())
                .isInstanceOf(SecretFileException.class)
                .hasMessageContaining("NoSuchFile");
        assertThatThrownBy(file(" \n", "rw-------")::read).hasMessageContaining("has 2 bytes");
        assertThatThrownBy(file("x".repeat(4_097), "rw-------")::read).hasMessageContaining("4097 bytes");
    }

    private SecretFile file(String text, String mode) throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        return new SecretFile(file);
    }
}
