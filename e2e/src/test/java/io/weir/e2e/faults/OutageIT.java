package io.weir.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.weir.core.fold.port.Ledger;
import io.weir.core.fold.port.PendingWrite;
import io.weir.core.fold.port.SourceTables;
import io.weir.core.fold.port.StoreEpoch;
import io.weir.core.fold.port.StoredReading;
import io.weir.core.fold.port.TablesException;
import io.weir.core.reading.Reading;
import io.weir.core.reading.ReadingKey;
import io.weir.e2e.rig.Signal;
import io.weir.local.servers.EmbeddedCassandra;
import io.weir.local.servers.PortChoice;
import io.weir.storage.CassandraTables;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.schema.Schema;
import io.weir.storage.schema.SchemaSettings;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.session.CassandraSettings;
import io.weir.storage.session.CassandraUnavailableException;
import io.weir.storage.source.SourceId;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Writes while Cassandra is unavailable, and after it is back. Uses its own node, so that it can break it. */
@Timeout(300)
class OutageIT {

    private static final SourceId SOURCE = new SourceId(1, "readings", "id", 0);
    private static final Ledger LEDGER = new Ledger(41, 10, 10, 0, Map.of());

    /** Few devices, so that the first thousands of readings fit into the requests that may be in flight. */
    private static final int DEVICES = 50;

    @TempDir
    static Path directory;

    private static int port;
    private static EmbeddedCassandra node;

    private CassandraConnection connection;

    @BeforeAll
    static void startNode() {
        port = PortChoice.any().take("Cassandra", "none", notice -> {});
        node = start();
        try (CassandraConnection connection = CassandraConnection.open(settings(Duration.ofSeconds(25)))) {
            new Schema(connection, SchemaSettings.DEFAULT).apply();
        }
    }

    @AfterAll
    static void stopNode() {
        node.close();
    }

    @AfterEach
    void disconnect() {
        if (connection != null) {
            connection.close();
        }
    }

    @Test
    void writesBegunWhileTheNodeIsFrozenSucceedWhenItResumes() throws Exception {
        SourceTables tables = connect(Duration.ofSeconds(60));
        List<StoredReading> readings = readings(3_000);

        Signal.send("STOP", node.process().pid());
        PendingWrite write;
        try {
            write = tables.writeReadings(readings);
            assertThat(write.isDurable()).isFalse();
            Thread.currentThread().interrupt();
            assertThatThrownBy(write::await)
                    .isInstanceOf(TablesException.class)
                    .hasMessage("writing readings was interrupted");
            assertThat(Thread.interrupted()).isTrue();
        } finally {
            Signal.send("CONT", node.process().pid());
        }

        write.await();
        List<ReadingKey> keys =
                readings.stream().map(stored -> stored.reading().key()).toList();
        assertThat(tables.readArrivals(keys)).hasSize(readings.size());
    }

    @Test
    void writesFailInBoundedTimeWhileTheNodeIsDownAndSucceedWhenItIsBack() {
        SourceTables tables = connect(Duration.ofSeconds(2));
        node.process().kill();
        try {
            assertThatThrownBy(() -> tables.writeReadings(readings(50_000)).await())
                    .isInstanceOf(TablesException.class)
                    .hasMessageStartingWith("writing readings failed, after trying for 2 s: ")
                    .hasMessageEndingWith("; check that Cassandra runs and keeps up");
            assertThatThrownBy(tables::readLedger).isInstanceOf(TablesException.class);
            assertThatThrownBy(() -> CassandraConnection.open(settings(Duration.ofSeconds(1))))
                    .isInstanceOf(CassandraUnavailableException.class)
                    .hasMessageStartingWith("no Cassandra answers at 127.0.0.1:" + port + " (")
                    .hasMessageEndingWith("): start it, or correct the contact points");
        } finally {
            node = start();
        }

        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> {
            tables.writeLedger(LEDGER, tables.readEpoch()).await();
            assertThat(tables.readLedger()).isEqualTo(LEDGER);
        });
    }

    @Test
    void aLedgerIsWrittenOnlyInTheEpochOfItsRows() {
        SourceTables tables = connect(Duration.ofSeconds(60));
        StoreEpoch epoch = tables.readEpoch();
        tables.writeLedger(LEDGER, epoch).await();
        assertThat(tables.readEpoch()).as("no node has restarted").isEqualTo(epoch);
        node.process().kill();
        node = start();

        Ledger next = new Ledger(42, 11, 11, 0, Map.of());
        assertThatThrownBy(() -> tables.writeLedger(next, epoch).await())
                .isInstanceOf(TablesException.class)
                .hasMessageStartingWith("writing the ledger failed: a node of Cassandra has restarted");
        assertThat(tables.readLedger()).isEqualTo(LEDGER);
        tables.writeLedger(next, tables.readEpoch()).await();
        assertThat(tables.readLedger()).isEqualTo(next);
    }

    private SourceTables connect(Duration retryFor) {
        connection = CassandraConnection.open(settings(retryFor));
        return new CassandraTables(connection, PartitionLayout.DEFAULT).of(SOURCE);
    }

    private static CassandraSettings settings(Duration retryFor) {
        CassandraSettings defaults = CassandraSettings.DEFAULT;
        return new CassandraSettings(
                List.of(InetSocketAddress.createUnresolved("127.0.0.1", port)),
                EmbeddedCassandra.LOCAL_DATACENTER,
                defaults.keyspace(),
                node.login().credentials(),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                retryFor,
                defaults.maxRequestsInFlight(),
                defaults.batchRows());
    }

    private static List<StoredReading> readings(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new StoredReading(new Reading("d-" + i % DEVICES, "g", "m", i, i), i, i))
                .toList();
    }

    private static EmbeddedCassandra start() {
        return EmbeddedCassandra.start(
                Path.of(System.getProperty("weir.home")),
                directory.resolve("node"),
                directory.resolve("output.log"),
                port);
    }
}
