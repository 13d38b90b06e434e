package io.weir.e2e.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import io.weir.e2e.rig.CassandraNode;
import io.weir.e2e.rig.CommandRun;
import io.weir.local.servers.PortChoice;
import io.weir.storage.session.CassandraConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Errors are reported in one message without a stack trace, with the exit code that the contract names. */
class BadInputIT {

    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    @RegisterExtension
    static final CassandraNode CASSANDRA = new CassandraNode();

    @TempDir
    private Path directory;

    @Test
    void wrongUsageIsExplained() {
        assertMessage(WRONG_USAGE, "Unknown option: '--nonsense'", "status", "--nonsense");
        assertMessage(WRONG_USAGE, "nonsense", "nonsense");
        assertMessage(WRONG_USAGE, "--metric", "query", "rollups", "--device", "d");
        assertMessage(
                WRONG_USAGE,
                "found \"yesterday\"; expected a date such as 2026-03-29, a time such as",
                query("--from", "yesterday", "--to", "2026-01-01T00:00:00Z"));
        assertMessage(WRONG_USAGE, "is after", query("--from", "2026-01-02T00:00:00Z", "--to", "2026-01-01T00:00:00Z"));
        assertMessage(
                WRONG_USAGE, "is after", "verify", "--from", "2026-01-02T00:00:00Z", "--to", "2026-01-01T00:00:00Z");
        assertMessage(WRONG_USAGE, "expected at most 1", "simulate", "--late", "0.7", "--duplicates", "0.7");
        assertMessage(WRONG_USAGE, "--format csv", "publish", "--metrics", "a", "--time", "t", "--device", "d", "x");
        assertMessage(
                WRONG_USAGE,
                "is not a pattern",
                ("publish --format csv --time t --time-format nonsense --device d --metrics a x").split(" "));
    }

    @Test
    void aMissingSystemIsReported() {
        assertMessage(FAILED, "weir up", "status", "--data", directory.toString());
        assertMessage(FAILED, "weir up", "verify", "--data", directory.toString());
    }

    @Test
    void serversThatDoNotAnswerAreReported() {
        String nobody = "127.0.0.1:" + freePort();
        assertMessage(FAILED, nobody, "verify", "--contact-points", nobody);
        assertMessage(FAILED, nobody, "publish", "--bootstrap", nobody, emptyFile());
        assertMessage(
                FAILED,
                nobody,
                "run",
                "--data",
                directory.resolve("run").toString(),
                "--bootstrap",
                "127.0.0.1:1",
                "--contact-points",
                nobody);
    }

    @Test
    void aKeyspaceWithoutTablesIsReported() {
        CommandRun run = CASSANDRA.commandLine("absent").run("verify");
        assertThat(run.exitCode()).isEqualTo(FAILED);
        assertThat(run.err()).contains("absent").doesNotContain("\tat ");
    }

    @Test
    void aSchemaOfAnotherVersionIsRefused() {
        List<String> all = new ArrayList<>(List.of("schema", "apply"));
        all.addAll(CASSANDRA.commandLine("another_version").target());
        String[] apply = all.toArray(String[]::new);
        assertThat(CommandRun.of(apply).exitCode()).isZero();
        try (CassandraConnection connection = CASSANDRA.connect("another_version")) {
            CqlSession session = connection.session();
            session.execute("INSERT INTO another_version.pipeline_meta (setting, since, value)"
                    + " VALUES ('schema-version', toTimestamp(now()), '99')");
        }
        assertMessage(FAILED, "schema version 99", apply);
    }

    @Test
    void anUnwritableDataDirectoryIsReported() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "not a directory");
        assertMessage(
                FAILED, file.toString(), "up", "--data", file.resolve("data").toString());
    }

    @Test
    void aPortInUseIsReported() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertMessage(
                    FAILED,
                    "Port " + port + " for Kafka is in use",
                    "up",
                    "--data",
                    directory.resolve("data").toString(),
                    "--kafka-port",
                    port);
        }
    }

    @Test
    void anUnknownSettingStopsTheStart() throws IOException {
        Path settings = Files.writeString(directory.resolve("weir.conf"), "weir.pipeline.zoon = UTC\n");
        assertMessage(
                FAILED,
                "unknown setting weir.pipeline.zoon in " + settings + "; did you mean weir.pipeline.zone?",
                "run",
                "--data",
                directory.resolve("run").toString(),
                "--config",
                settings.toString());
        Path data = directory.resolve("up");
        assertMessage(
                FAILED,
                "did you mean weir.pipeline.zone?",
                "up",
                "--no-api",
                "--data",
                data.toString(),
                "--config",
                settings.toString());
        assertThat(data.resolve("logs")).isDirectoryNotContaining("glob:**{kafka,cassandra}*");
    }

    private static void assertMessage(int exitCode, String message, String... command) {
        CommandRun run = CommandRun.of(command);
        assertThat(run.err()).contains(message).doesNotContain("\tat ");
        assertThat(run.exitCode()).isEqualTo(exitCode);
        assertThat(run.out()).isEmpty();
    }

    private static String[] query(String... span) {
        String[] command = {"query", "summary", "--device", "d", "--metric", "m", "", "", "", ""};
        System.arraycopy(span, 0, command, 6, span.length);
        return command;
    }

    private String emptyFile() {
        try {
            return Files.writeString(directory.resolve("empty.jsonl"), "").toString();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static int freePort() {
        return PortChoice.any().take("nobody", "--nobody", notice -> {});
    }
}
