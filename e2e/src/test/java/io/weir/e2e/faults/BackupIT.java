package io.weir.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.e2e.rig.CommandLine;
import io.weir.e2e.rig.Directories;
import io.weir.e2e.rig.EndlessFleet;
import io.weir.e2e.rig.LogOracle;
import io.weir.e2e.rig.NodeTool;
import io.weir.e2e.rig.TableContents;
import io.weir.e2e.rig.TestServers;
import io.weir.local.servers.EmbeddedPipeline;
import io.weir.storage.session.CassandraConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Follows docs/how-to/back-up-and-restore.md: takes snapshots under load, loses the node with all its data, and
 * restores the snapshots into an empty node. After the pipeline has caught up, the tables are exact.
 */
class BackupIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path data;

    @Test
    void snapshotsTakenUnderLoadAreExactOnceRestored() throws Exception {
        Path backup = Files.createDirectory(data.resolve("backup"));
        Map<String, Long> sent;
        try (TestServers servers = TestServers.on(data);
                EmbeddedPipeline pipeline = run(servers);
                EndlessFleet fleet = EndlessFleet.start(servers.bootstrap(), 1_000, 7)) {
            CommandLine commandLine = servers.commandLine();
            commandLine.awaitReceived(3_000, PATIENCE);
            takeSnapshots(servers, backup);
            commandLine.awaitReceived(commandLine.received() + 3_000, PATIENCE);
            sent = fleet.stop();
            pipeline.process().kill();
            pipeline.process().onExit().join();
        }
        Directories.delete(data.resolve("cassandra"));

        try (TestServers servers = TestServers.on(data)) {
            CommandLine commandLine = servers.commandLine();
            restore(servers, backup);
            assertThat(commandLine.received()).isLessThan(sent.get("received"));
            try (EmbeddedPipeline pipeline = run(servers)) {
                assertThat(Files.readString(pipeline.process().log())).contains("ahead of the ledger");
                commandLine.awaitReceived(sent.get("received"), PATIENCE);
                assertThat(commandLine.ledger()).isEqualTo(sent);
                commandLine.assertNoDifferences();
                try (CassandraConnection tables = servers.tables()) {
                    new TableContents(tables.session(), "weir")
                            .assertEqualTo(LogOracle.of(servers.bootstrap(), "readings", ZoneOffset.UTC));
                }
            }
        }
    }

    /** Takes ledger and runs first; the pipeline continues between that and the other tables. */
    private static void takeSnapshots(TestServers servers, Path backup) throws Exception {
        NodeTool nodetool = NodeTool.of(servers.cassandra().process().pid(), backup);
        nodetool.run("snapshot", "--tag", "backup-ledger", "-kt", "weir.ledger,weir.runs");
        servers.commandLine().awaitMore(PATIENCE);
        nodetool.run("snapshot", "--tag", "backup", "weir");
        for (Path table : tables(servers)) {
            String name = nameOf(table);
            String tag = Set.of("ledger", "runs").contains(name) ? "backup-ledger" : "backup";
            Directories.copy(table.resolve("snapshots").resolve(tag), backup.resolve(name));
        }
    }

    private static void restore(TestServers servers, Path backup) throws Exception {
        assertThat(servers.commandLine().run("schema", "apply").exitCode()).isZero();
        NodeTool nodetool = NodeTool.of(servers.cassandra().process().pid(), backup);
        for (Path table : tables(servers)) {
            String name = nameOf(table);
            nodetool.run(
                    "import", "--copy-data", "weir", name, backup.resolve(name).toString());
        }
    }

    private static List<Path> tables(TestServers servers) throws IOException {
        try (Stream<Path> tables = Files.list(servers.cassandraDirectory().resolve("data/weir"))) {
            return tables.sorted().toList();
        }
    }

    /** Returns the table's name, without the id that the node appends. */
    private static String nameOf(Path table) {
        return table.getFileName().toString().replaceAll("-[0-9a-f]+$", "");
    }

    private EmbeddedPipeline run(TestServers servers) throws IOException {
        Path settings = Files.writeString(data.resolve("pipeline.conf"), "weir.spark.trigger = 1 second\n");
        return EmbeddedPipeline.start(
                Path.of(System.getProperty("weir.home")),
                data.resolve("run"),
                data.resolve("run.log"),
                servers.sparkSettings(),
                Optional.of(settings));
    }
}
