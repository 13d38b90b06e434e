package io.weir.local.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServersIT {
    private static final Path HOME = Path.of(System.getProperty("weir.home"));

    @TempDir
    Path directory;

    @Test
    void startsBoth() {
        long t = System.nanoTime();
        try (EmbeddedKafka kafka = EmbeddedKafka.start(
                HOME, directory.resolve("kafka"), directory.resolve("kafka.log"), PortChoice.free())) {
            System.out.println("kafka " + (System.nanoTime() - t) / 1_000_000);
            assertThat(kafka.process().isAlive()).isTrue();
        }
        t = System.nanoTime();
        try (EmbeddedCassandra cassandra = EmbeddedCassandra.start(
                HOME, directory.resolve("cassandra"), directory.resolve("cassandra.log"), PortChoice.free())) {
            System.out.println("cassandra " + (System.nanoTime() - t) / 1_000_000);
            assertThat(cassandra.process().isAlive()).isTrue();
        }
    }
}
