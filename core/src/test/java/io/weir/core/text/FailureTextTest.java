package io.weir.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FailureTextTest {

    @Test
    void saysItInWords() {
        assertThat(FailureText.of(new NoSuchFileException("/a"))).isEqualTo("/a: there is no such file or directory");
        assertThat(FailureText.of(new AccessDeniedException("/a"))).isEqualTo("/a: permission denied");
        assertThat(FailureText.of(new FileSystemException("/a", null, "No space left on device")))
                .isEqualTo("/a: No space left on device");
        assertThat(FailureText.of(new IOException("keystore password was incorrect")))
                .isEqualTo("keystore password was incorrect");
        assertThat(FailureText.of(new IOException())).isEqualTo("no reason was given");
    }
}
