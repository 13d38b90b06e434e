package io.weir.local.command.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class StoppableInputTest {

    @Test
    void returnsTheBytesOfTheInput() throws IOException {
        byte[] bytes = "x".repeat(1_000_000).getBytes(UTF_8);
        InputStream in = new StoppableInput(new ByteArrayInputStream(bytes), () -> false);
        assertThat(in.readAllBytes()).isEqualTo(bytes);
        assertThat(in.read()).isEqualTo(-1);
    }

    @Test
    void aStopReleasesABlockedReader() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        try (PipedOutputStream writer = new PipedOutputStream();
                PipedInputStream pipe = new PipedInputStream(writer)) {
            InputStream in = new StoppableInput(pipe, stop::get);
            writer.write('a');
            writer.flush();
            assertThat(in.read()).isEqualTo('a');
            CompletableFuture<Integer> waits = CompletableFuture.supplyAsync(() -> {
                try {
                    return in.read();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            stop.set(true);
            assertThat(waits.get(10, TimeUnit.SECONDS)).isEqualTo(-1);
        }
    }

    @Test
    void failsWithTheInput() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("unplugged");
            }
        };
        assertThatThrownBy(() -> new StoppableInput(broken, () -> false).read())
                .isInstanceOf(IOException.class)
                .hasMessage("unplugged");
    }
}
