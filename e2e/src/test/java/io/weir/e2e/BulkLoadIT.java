package io.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.Row;
import io.weir.core.fold.LogRecord;
import io.weir.core.fold.RollupRow;
import io.weir.core.fold.StoredReading;
import io.weir.core.reading.Reading;
import io.weir.core.rollup.Rollup;
import io.weir.core.rollup.RollupKey;
import io.weir.core.rollup.Scope;
import io.weir.core.rollup.WindowCalendar;
import io.weir.local.servers.BulkLoading;
import io.weir.local.servers.EmbeddedCassandra;
import io.weir.local.servers.PortChoice;
import io.weir.storage.CassandraConnection;
import io.weir.storage.CassandraTables;
import io.weir.storage.PartitionLayout;
import io.weir.storage.RollupTable;
import io.weir.storage.Schema;
import io.weir.storage.SchemaSettings;
import io.weir.storage.SourceId;
import io.weir.storage.sstable.BulkSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Raw readings and rollups that are loaded as SSTables, into a node of the test's own. */
class BulkLoadIT {

    private static final Path HOME = Path.of(System.getProperty("weir.home"));
    private static final Duration KEPT = Duration.ofDays(40);
    private static final SourceId SOURCE = new SourceId(7, "readings", "bulk-load-it", 3);
    private static final long NOON = Instant.parse("2026-03-29T12:00:00Z").toEpochMilli();
    private static final List<String> TABLES = List.of("raw_by_device", "raw_by_group");

    /** Names of one, two, three and four bytes a character. */
    private static final List<String> DEVICES = List.of("press-1", "Kühlhaus", "炉-3", "🔥", "press-2", "a b'c\"d");

    @TempDir
    private static Path directory;

    private static EmbeddedCassandra node;

    @BeforeAll
    static void start() {
        start(PortChoice.any().take("Cassandra", "none", notice -> {}));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void loadedRowsAreThoseThatCqlWrites() throws IOException {
        List<StoredReading> readings = readings(3_000);
        Map<String, List<String>> written = write("by_cql", null, readings);
        Map<String, List<String>> loaded = write("in_bulk", settings(), readings);

        assertThat(written.get("raw_by_device")).hasSize(3_000);
        assertThat(loaded).isEqualTo(written);
        assertThat(leftToLoad()).isEmpty();
    }

    @Test
    void fewReadingsAreNotLoaded() throws IOException {
        BulkSettings many = settings(51, node.process().pid());

        assertThat(write("few", many, readings(50)).get("raw_by_group")).hasSize(50);
        assertThat(sstablesOf("few")).isZero();

        assertThat(write("enough", many, readings(51)).get("raw_by_group")).hasSize(51);
        assertThat(sstablesOf("enough")).isEqualTo(TABLES.size());
    }

    @Test
    void loadedRollupsAreThoseThatCqlWrites() throws IOException {
        Map<String, List<String>> written = writeRollups("rollups_by_cql", null);
        Map<String, List<String>> loaded = writeRollups("rollups_in_bulk", settings());

        assertThat(loaded).isEqualTo(written);
        assertThat(loaded).hasSize(6).allSatisfy((table, rows) -> assertThat(rows)
                .hasSizeGreaterThan(1));
        assertThat(sstablesOf("rollups_in_bulk", "_by_")).isEqualTo(2L * loaded.size());
        assertThat(leftToLoad()).isEmpty();
    }

    @Test
    void fewRollupsOfAScopeAreNotLoaded() throws IOException {
        List<RollupRow> rows = rollups(3_000).stream()
                .filter(row ->
                        row.key().scope() == Scope.DEVICE || row.key().id().equals("group-0"))
                .toList();
        int ofDevices = (int)
                rows.stream().filter(row -> row.key().scope() == Scope.DEVICE).count();
        assertThat(rows.size() - ofDevices).isBetween(1, ofDevices - 1);

        try (CassandraConnection connection = connect("rollups_few")) {
            new Schema(connection, SchemaSettings.DEFAULT.withKeyspace("rollups_few")).apply();
            BulkSettings devicesOnly = settings(ofDevices, node.process().pid());
            try (CassandraTables tables = new CassandraTables(connection, PartitionLayout.DEFAULT, devicesOnly)) {
                tables.of(SOURCE).writeRollups(rows).await();
            }
            assertThat(rollupRows(connection).values().stream()
                            .mapToInt(List::size)
                            .sum())
                    .isEqualTo(rows.size());
        }
        assertThat(sstablesOf("rollups_few", "_by_device")).isEqualTo(3);
        assertThat(sstablesOf("rollups_few", "_by_group")).isZero();
    }

    @Test
    void rollupsThatCannotBeLoadedAreWrittenByCql() throws IOException {
        BulkSettings wrong = settings(1, ProcessHandle.current().pid());

        assertThat(writeRollups("rollups_fallback", wrong)).isEqualTo(writeRollups("rollups_no_bulk", null));
        assertThat(sstablesOf("rollups_fallback", "_by_")).isZero();
    }

    @Test
    void whatIsLoadedSurvivesTheDeathOfTheNode() throws IOException {
        Map<String, List<String>> loaded = write("survives", settings(), readings(2_000));
        int port = node.port();
        node.process().kill();
        start(port);

        try (CassandraConnection connection = connect("survives")) {
            assertThat(rows(connection)).isEqualTo(loaded);
        }
    }

    @Test
    void whatCannotBeLoadedIsWrittenByCql() throws IOException {
        BulkSettings wrong = settings(1, ProcessHandle.current().pid());

        Map<String, List<String>> written = write("fallback", wrong, readings(500));

        assertThat(written.get("raw_by_device")).hasSize(500);
        assertThat(written.get("raw_by_group")).hasSize(500);
        assertThat(sstablesOf("fallback")).isZero();
    }

    @Test
    void aNodeThatDoesNotAnswerCqlIsNotLoaded() throws IOException {
        Path other = directory.resolve("other");
        int port = PortChoice.any().take("Cassandra", "none", notice -> {});
        try (EmbeddedCassandra wrong = EmbeddedCassandra.start(HOME, other, directory.resolve("other.log"), port)) {
            write("wrong_node", settings(1, wrong.process().pid()), readings(500));
        }

        assertThat(sstablesOf("wrong_node")).isZero();
        assertThat(other.resolve("data/wrong_node")).doesNotExist();
    }

    @Test
    void aTableThatWasAlteredIsWrittenByCql() throws IOException {
        try (CassandraConnection connection = connect("altered")) {
            new Schema(connection, SchemaSettings.DEFAULT.withKeyspace("altered")).apply();
            try (CassandraTables tables = new CassandraTables(connection, PartitionLayout.DEFAULT, settings())) {
                tables.of(SOURCE).writeReadings(readings(100)).await();
                long loaded = sstablesOf("altered");
                assertThat(loaded).isPositive();
                for (String table : TABLES) {
                    connection
                            .session()
                            .execute("ALTER TABLE " + connection.table(table) + " WITH default_time_to_live = "
                                    + KEPT.toSeconds());
                }
                tables.of(SOURCE).writeReadings(readings(100)).await();
                assertThat(sstablesOf("altered")).isEqualTo(loaded);
            }
            assertThat(connection
                            .session()
                            .execute("SELECT ttl(value) AS kept FROM altered.raw_by_group")
                            .all())
                    .hasSize(100)
                    .allSatisfy(row -> assertThat(row.getInt("kept")).isPositive());
        }
    }

    @Test
    void whatAnEarlierProcessHasLeftIsDeletedAndNothingElse() throws IOException, InterruptedException {
        Process earlier = new ProcessBuilder("true").start();
        earlier.waitFor();
        Path staging = Files.createDirectories(directory.resolve("bulk"));
        Path left = staging.resolve("load-" + earlier.pid() + "-1");
        Files.createDirectories(left.resolve("keyspace/table"));
        Path ofLiving = Files.createDirectories(
                staging.resolve("load-" + ProcessHandle.current().pid() + "-1"));
        Path others = Files.writeString(staging.resolve("somebody-elses"), "precious");

        write("cleaned", settings(), readings(100));

        assertThat(left).doesNotExist();
        assertThat(ofLiving).exists();
        assertThat(others).hasContent("precious");
        Files.delete(ofLiving);
        Files.delete(others);
    }

    private static void start(int port) {
        node = EmbeddedCassandra.start(HOME, directory.resolve("cassandra"), directory.resolve("cassandra.log"), port);
    }

    /** Writes readings into a keyspace of its own, and returns the rows of both raw tables. */
    private static Map<String, List<String>> write(
            String keyspace, @Nullable BulkSettings bulk, List<StoredReading> readings) {
        try (CassandraConnection connection = connect(keyspace)) {
            SchemaSettings kept = SchemaSettings.DEFAULT.withKeyspace(keyspace).withRetention(KEPT, null, null);
            new Schema(connection, kept).apply();
            try (CassandraTables tables = new CassandraTables(connection, PartitionLayout.DEFAULT, bulk)) {
                tables.of(SOURCE).writeReadings(readings).await();
            }
            return rows(connection);
        }
    }

    /** Writes rollups into a keyspace of its own, then some of them again without readings; returns the rows of all tables. */
    private static Map<String, List<String>> writeRollups(String keyspace, @Nullable BulkSettings bulk) {
        try (CassandraConnection connection = connect(keyspace)) {
            new Schema(connection, SchemaSettings.DEFAULT.withKeyspace(keyspace)).apply();
            List<RollupRow> rows = rollups(3_000);
            List<RollupRow> emptied = rows.stream()
                    .filter(row -> row.rollup().count() % 2 == 0)
                    .map(row -> new RollupRow(row.key(), new Rollup(), row.throughOffset() + 1, row.version() + 1))
                    .toList();
            try (CassandraTables tables = new CassandraTables(connection, PartitionLayout.DEFAULT, bulk)) {
                tables.of(SOURCE).writeRollups(rows).await();
                tables.of(SOURCE).writeRollups(emptied).await();
            }
            return rollupRows(connection);
        }
    }

    /** All columns, and the write times of those that a rollup can be without. */
    private static Map<String, List<String>> rollupRows(CassandraConnection connection) {
        Map<String, List<String>> rows = new TreeMap<>();
        for (RollupTable table : RollupTable.all()) {
            List<Row> found = connection
                    .session()
                    .execute("SELECT JSON " + table.idColumn() + ", metric, bucket, window_start, source, window_end,"
                            + " through_offset, count, sum, sum_compensation, min, max, squared_deviations, first_time,"
                            + " first_device, first_value, last_time, last_device, last_value, sketch, writetime(count),"
                            + " writetime(first_device), writetime(last_value) FROM "
                            + connection.table(table.table()))
                    .all();
            rows.put(
                    table.table(),
                    found.stream().map(row -> row.getString(0)).sorted().toList());
        }
        return rows;
    }

    /** With their write time; that they expire is looked at here, since no two of them do so in the same second. */
    private static Map<String, List<String>> rows(CassandraConnection connection) {
        Map<String, List<String>> rows = new TreeMap<>();
        for (String table : TABLES) {
            List<Row> found = connection
                    .session()
                    .execute("SELECT JSON device, metric, group, time, source, value, offset, writetime(value),"
                            + " writetime(offset) FROM " + connection.table(table))
                    .all();
            rows.put(table, found.stream().map(row -> row.getString(0)).sorted().toList());
            connection
                    .session()
                    .execute("SELECT ttl(value) AS kept FROM " + connection.table(table))
                    .forEach(row -> assertThat(row.getInt("kept"))
                            .isBetween((int) KEPT.minusHours(1).toSeconds(), (int) KEPT.toSeconds()));
        }
        return rows;
    }

    private static CassandraConnection connect(String keyspace) {
        return CassandraConnection.open(node.settings().withKeyspace(keyspace));
    }

    private static BulkSettings settings() {
        return settings(1, node.process().pid());
    }

    private static BulkSettings settings(int minRows, long process) {
        Map<String, String> given = BulkLoading.into(node, HOME, directory.resolve("bulk"));
        return new BulkSettings(
                minRows,
                true,
                given.get("spark.weir.cassandra.bulk.jars"),
                given.get("spark.weir.cassandra.bulk.directory"),
                process);
    }

    private static List<Path> leftToLoad() throws IOException {
        try (Stream<Path> left = Files.list(directory.resolve("bulk"))) {
            return left.toList();
        }
    }

    private static long sstablesOf(String keyspace) throws IOException {
        return sstablesOf(keyspace, "raw_by_");
    }

    /** How many SSTables the tables of such names have in a keyspace, which are not flushed here. */
    private static long sstablesOf(String keyspace, String tables) throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("cassandra/data").resolve(keyspace))) {
            return files.filter(file -> file.getFileName().toString().endsWith("-Data.db"))
                    .filter(file -> file.getParent().getFileName().toString().contains(tables))
                    .count();
        }
    }

    /** What so many readings are folded into. */
    private static List<RollupRow> rollups(int readings) {
        WindowCalendar calendar = new WindowCalendar(ZoneId.of("Europe/Berlin"));
        Map<RollupKey, RollupRow> rows = new LinkedHashMap<>();
        for (StoredReading stored : readings(readings)) {
            Reading reading = stored.reading();
            LogRecord record = new LogRecord(stored.offset(), stored.timestamp(), null, new byte[0]);
            for (RollupTable table : RollupTable.all()) {
                RollupKey key = new RollupKey(
                        table.scope(),
                        table.scope() == Scope.DEVICE ? reading.device() : reading.group(),
                        reading.metric(),
                        calendar.windowOf(table.resolution(), reading.time()));
                rows.computeIfAbsent(key, RollupRow::empty).fold(reading, record);
            }
        }
        return List.copyOf(rows.values());
    }

    /** Over two days, several hours and both metrics of every device, in an order that is not that of any table. */
    private static List<StoredReading> readings(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    int shuffled = Math.floorMod(i * 7_919, count);
                    Reading reading = new Reading(
                            DEVICES.get(i % DEVICES.size()),
                            "group-" + i % 3,
                            i % 2 == 0 ? "temperature" : "humidity",
                            NOON + shuffled * 60_000L,
                            i / 7.0);
                    return new StoredReading(reading, 1_000 + i, NOON + i);
                })
                .toList();
    }
}
