package io.weir.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class FailureTextTest {

    @Test
    void describesFailuresInWords() {
        assertThat(FailureText.of(new NoSuchFileException("/a"))).isEqualTo("/a: there is no such file or directory");
        assertThat(FailureText.of(new AccessDeniedException("/a"))).isEqualTo("/a: permission denied");
        assertThat(FailureText.of(new FileSystemException("/a", null, "No space left on device")))
                .isEqualTo("/a: No space left on device");
        assertThat(FailureText.of(new IOException("keystore password was incorrect")))
                .isEqualTo("keystore password was incorrect");
    }

    @Test
    void doesNotNameClasses() {
        IOException failure = new IOException("it is closed");
        assertThat(FailureText.of(new IllegalStateException(failure))).isEqualTo("it is closed");
        assertThat(FailureText.of(new ExecutionException(new NoSuchFileException("/a"))))
                .isEqualTo("/a: there is no such file or directory");
        assertThat(FailureText.of(new IllegalStateException("own words", failure)))
                .isEqualTo("own words");
        assertThat(FailureText.of(new ClosedChannelException())).isEqualTo("closed channel");
    }
}
