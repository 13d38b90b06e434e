package io.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.core.fold.StoredReading;
import io.weir.core.reading.Reading;
import io.weir.local.servers.BulkLoading;
import io.weir.local.servers.EmbeddedCassandra;
import io.weir.local.servers.PortChoice;
import io.weir.storage.CassandraConnection;
import io.weir.storage.CassandraTables;
import io.weir.storage.PartitionLayout;
import io.weir.storage.Schema;
import io.weir.storage.SchemaSettings;
import io.weir.storage.SourceId;
import io.weir.storage.sstable.BulkSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No row is loaded in bulk once a second node has begun to join the cluster: the first one would import it, and the second one
 * would own it. The driver does not know of a node before that has joined.
 */
class JoiningNodeIT {

    private static final Path HOME = Path.of(System.getProperty("weir.home"));
    private static final SourceId SOURCE = new SourceId(1, "readings", "joining-node-it", 0);
    private static final String FIRST = "127.0.0.1";
    private static final String SECOND = "127.0.0.2";

    @TempDir
    private Path directory;

    @Test
    void rowsAreWrittenByCqlWhileAnotherNodeJoins() throws Exception {
        int port = PortChoice.any().take("Cassandra", "none", notice -> {});
        try (EmbeddedCassandra node =
                        EmbeddedCassandra.start(HOME, directory.resolve("node"), directory.resolve("node.log"), port);
                CassandraConnection connection = CassandraConnection.open(node.settings())) {
            new Schema(connection, SchemaSettings.DEFAULT).apply();
            try (CassandraTables tables = new CassandraTables(connection, PartitionLayout.DEFAULT, bulkInto(node))) {
                tables.of(SOURCE).writeReadings(readings("before")).await();
                assertThat(loaded()).isEqualTo(2);

                Process second = joinTo(node);
                try {
                    NodeTool nodetool = NodeTool.of(node.process().pid(), directory);
                    await().atMost(Duration.ofMinutes(2))
                            .until(() -> nodetool.run("status").contains("UJ  " + SECOND));
                    assertThat(connection.session().getMetadata().getNodes()).hasSize(1);

                    tables.of(SOURCE).writeReadings(readings("while")).await();
                    assertThat(loaded()).isEqualTo(2);
                    assertThat(connection
                                    .session()
                                    .execute("SELECT device FROM " + connection.table("raw_by_device"))
                                    .all())
                            .hasSize(200);
                } finally {
                    second.destroyForcibly().waitFor();
                }
            }
        }
    }

    /** The same process as the first node's, with another address and a place of its own; it is not waited for. */
    private Process joinTo(EmbeddedCassandra first) throws IOException {
        Path root = Files.createDirectories(directory.resolve("second"));
        Path yaml = root.resolve("cassandra.yaml");
        String configuration = Files.readString(directory.resolve("node/conf/cassandra.yaml"))
                .replace("auto_bootstrap: false", "auto_bootstrap: true")
                .replace("listen_address: " + FIRST, "listen_address: " + SECOND)
                .replace("rpc_address: " + FIRST, "rpc_address: " + SECOND);
        Files.writeString(yaml, configuration);
        String words =
                Files.readString(Path.of("/proc", Long.toString(first.process().pid()), "cmdline"));
        List<String> command = Arrays.stream(words.split("\0"))
                .map(word -> word.equals(directory.resolve("node").toString()) ? root.toString() : word)
                .flatMap(word -> word.startsWith("-Dcassandra.config=")
                        ? Stream.of("-Dcassandra.config=" + yaml.toUri(), "-Dcassandra.ring_delay_ms=60000")
                        : Stream.of(word))
                .map(word -> word.startsWith("-Dcassandra.storagedir=") ? "-Dcassandra.storagedir=" + root : word)
                .toList();
        return new ProcessBuilder(command)
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("second.log").toFile())
                .start();
    }

    private BulkSettings bulkInto(EmbeddedCassandra node) {
        Map<String, String> given = BulkLoading.into(node, HOME, directory.resolve("bulk"));
        return new BulkSettings(
                1,
                true,
                given.get("spark.weir.cassandra.bulk.jars"),
                given.get("spark.weir.cassandra.bulk.directory"),
                node.process().pid());
    }

    private static List<StoredReading> readings(String device) {
        return IntStream.range(0, 100)
                .mapToObj(i -> new StoredReading(new Reading(device, "group", "metric", i * 1000L, i), i, i))
                .toList();
    }

    /** How many SSTables the raw tables have, which are not flushed here. */
    private long loaded() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("node/data/weir"))) {
            return files.filter(file -> file.toString().matches(".*/raw_by_[^/]*/[^/]*-Data\\.db"))
                    .count();
        }
    }
}
