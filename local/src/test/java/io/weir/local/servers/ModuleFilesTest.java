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

class ModuleFilesTest {
    @TempDir
    Path home;

    @BeforeEach
    void template() throws IOException {
        Path conf = Files.createDirectories(home.resolve("servers/kafka/src/main/conf"));
        Files.writeString(conf.resolve("server.properties"), "voters=1@@address@:@port@\nmail=a@b\n");
    }

    @Test
    void fillsEveryPlaceholderAndNothingElse() {
        Path filled = ModuleFiles.of(home, "servers/kafka")
                .fill("server.properties", Map.of("address", "127.0.0.1", "port", "9092"), home.resolve("conf"));

        assertThat(filled).hasContent("voters=1@127.0.0.1:9092\nmail=a@b\n");
    }

    @Test
    void aPlaceholderWithoutAValueIsAnError() {
        ModuleFiles files = ModuleFiles.of(home, "servers/kafka");

        assertThatThrownBy(() -> files.fill("server.properties", Map.of("address", "127.0.0.1"), home))
                .hasMessageContaining("@port@");
    }

    @Test
    void anUnbuiltProjectIsReported() {
        assertThatThrownBy(() -> ModuleFiles.of(home, "servers/kafka").dependencies())
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("build the project first");
    }

    @Test
    void aCheckoutHasTheFilesOfAModuleInItsDirectory() throws IOException {
        Path target = Files.createDirectories(home.resolve("servers/kafka/target"));
        Files.writeString(target.resolve("classpath"), "/jars/a.jar:/jars/b.jar\n");
        Path jar = Files.createFile(target.resolve("weir-kafka-1.jar"));
        ModuleFiles files = ModuleFiles.of(home, "servers/kafka");

        assertThat(files.dependencies()).isEqualTo("/jars/a.jar:/jars/b.jar");
        assertThat(files.jar()).isEqualTo(jar);
        assertThat(files.conf("server.properties")).exists();
    }

    @Test
    void aDistributionHasTheFilesOfAllModulesInLibAndConf() throws IOException {
        Path lib = Files.createDirectories(home.resolve("lib"));
        Files.writeString(lib.resolve("kafka.classpath"), "a.jar:b.jar\n");
        Files.createFile(lib.resolve("weir-node-1.jar"));
        Path jar = Files.createFile(lib.resolve("weir-kafka-1.jar"));
        ModuleFiles files = ModuleFiles.of(home, "servers/kafka");

        assertThat(files.dependencies()).isEqualTo(lib.resolve("a.jar") + ":" + lib.resolve("b.jar"));
        assertThat(files.jar()).isEqualTo(jar);
        assertThat(files.conf("server.properties")).isEqualTo(home.resolve("conf/kafka/server.properties"));
    }

    @Test
    void aMissingJarIsReportedWithItsPlace() throws IOException {
        Files.createDirectories(home.resolve("lib"));

        assertThatThrownBy(() -> ModuleFiles.of(home, "node").jar())
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining(home.resolve("lib/weir-node-VERSION.jar").toString())
                .hasMessageContaining("unpack the archive again");
    }
}
