package io.weir.local.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerFilesTest {
    @TempDir
    Path home;

    @BeforeEach
    void template() throws IOException {
        Path conf = Files.createDirectories(home.resolve("servers/kafka/src/main/conf"));
        Files.writeString(conf.resolve("server.properties"), "voters=1@@address@:@port@\nmail=a@b\n");
    }

    @Test
    void fillsEveryPlaceholderAndNothingElse() {
        Path filled = ServerFiles.of(home, "kafka")
                .fill("server.properties", Map.of("address", "127.0.0.1", "port", "9092"), home.resolve("conf"));

        assertThat(filled).hasContent("voters=1@127.0.0.1:9092\nmail=a@b\n");
    }

    @Test
    void aPlaceholderWithoutAValueIsAnError() {
        ServerFiles files = ServerFiles.of(home, "kafka");

        assertThatThrownBy(() -> files.fill("server.properties", Map.of("address", "127.0.0.1"), home))
                .hasMessageContaining("@port@");
    }

    @Test
    void anUnbuiltProjectIsReported() {
        assertThatThrownBy(() -> ServerFiles.of(home, "kafka").classpath())
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("Build the project first");
    }
}
