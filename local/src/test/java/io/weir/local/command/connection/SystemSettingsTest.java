package io.weir.local.command.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.local.command.terminal.CommandException;
import io.weir.query.api.config.SettingsException;
import io.weir.storage.session.CassandraSettings.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemSettingsTest {

    @TempDir
    private Path directory;

    @Test
    void theEnvironmentOverridesTheFile() throws IOException {
        Path file = Files.writeString(
                directory.resolve("weir.conf"),
                """
                weir {
                  kafka { bootstrap-servers = "kafka1:9092", topic = plant }
                  cassandra { contact-points = "node1:9043", keyspace = plant, local-datacenter = dc1, username = weir }
                  pipeline.zone = Europe/Berlin
                }
                """);

        SystemSettings settings = SystemSettings.read(
                file,
                Map.of(
                        "WEIR_CASSANDRA_PASSWORD", "secret",
                        "WEIR_KAFKA_TOPIC", "yard",
                        "WEIR_CASSANDRA_LOCAL_DATACENTER", ""));

        assertThat(settings.bootstrap()).hasValue("kafka1:9092");
        assertThat(settings.topic()).hasValue("yard");
        assertThat(settings.contactPoints()).hasValue("node1:9043");
        assertThat(settings.keyspace()).hasValue("plant");
        assertThat(settings.datacenter()).isEmpty();
        assertThat(settings.credentials()).hasValue(new Credentials("weir", "secret"));
    }

    @Test
    void unsetSettingsAreEmpty() {
        SystemSettings settings = SystemSettings.read(null, Map.of());

        assertThat(settings.bootstrap()).isEmpty();
        assertThat(settings.contactPoints()).isEmpty();
        assertThat(settings.credentials()).isEmpty();
    }

    @Test
    void theRecordLimitIsThePipelines() throws IOException {
        assertThat(SystemSettings.read(null, Map.of()).maxRecordBytes()).isEqualTo(256 * 1024);
        Path file = Files.writeString(directory.resolve("weir.conf"), "weir.pipeline.max-record-size = 8 KiB");
        assertThat(SystemSettings.read(file, Map.of()).maxRecordBytes()).isEqualTo(8 * 1024);
        SystemSettings wrong = SystemSettings.read(file, Map.of("WEIR_PIPELINE_MAX_RECORD_SIZE", "large"));
        assertThatThrownBy(wrong::maxRecordBytes)
                .isInstanceOf(CommandException.class)
                .hasMessage("weir.pipeline.max-record-size is large; expected a size such as 256 KiB");
    }

    @Test
    void anEarliestTimeThatNoReadingCanHaveIsReported() {
        SystemSettings wrong =
                SystemSettings.read(null, Map.of("WEIR_PIPELINE_EARLIEST", "-300000000-01-01T00:00:00Z"));
        assertThatThrownBy(wrong::earliest)
                .isInstanceOf(CommandException.class)
                .hasMessage("weir.pipeline.earliest is -300000000-01-01T00:00:00Z; expected an instant such as"
                        + " 2000-01-01T00:00:00Z, in one of the years 0000 to 9999");
    }

    @Test
    void aValueThatIsNoTextIsReported() throws IOException {
        Path file = Files.writeString(
                directory.resolve("weir.conf"), "weir.cassandra.contact-points = [\"node1\", \"node2\"]");
        SystemSettings settings = SystemSettings.read(file, Map.of());

        assertThatThrownBy(settings::contactPoints)
                .isInstanceOf(CommandException.class)
                .hasMessage("weir.cassandra.contact-points is [node1, node2]; expected a string");
    }

    @Test
    void aMissingFileIsReported() {
        Path file = directory.resolve("none.conf");

        assertThatThrownBy(() -> SystemSettings.read(file, Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(file.toString());
    }
}
