package io.weir.e2e.tables;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.cql.Row;
import io.weir.core.fold.port.Arrival;
import io.weir.core.fold.port.ArrivedReading;
import io.weir.core.fold.port.CatalogEntry;
import io.weir.core.fold.port.DeciderTables;
import io.weir.core.fold.port.ElementPosition;
import io.weir.core.fold.port.FollowerTables;
import io.weir.core.fold.port.Ledger;
import io.weir.core.fold.port.RawSpan;
import io.weir.core.fold.port.RejectedReading;
import io.weir.core.fold.port.RollupRow;
import io.weir.core.fold.port.SkippedReading;
import io.weir.core.fold.port.SourceTables;
import io.weir.core.fold.port.StoredReading;
import io.weir.core.fold.port.TablesException;
import io.weir.core.reading.Reading;
import io.weir.core.reading.ReadingKey;
import io.weir.core.reading.RejectReason;
import io.weir.core.reading.Rejection;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Rollup;
import io.weir.core.rollup.RollupKey;
import io.weir.core.rollup.Scope;
import io.weir.core.rollup.WindowCalendar;
import io.weir.e2e.rig.CassandraNode;
import io.weir.e2e.rig.Keyspace;
import io.weir.storage.CassandraTables;
import io.weir.storage.catalog.CassandraCatalogReader;
import io.weir.storage.run.FeedQuery;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.source.SourceId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Tests the fold's port to the tables, method by method, with a real Cassandra. Each test writes for its own sources.
 */
class SourceTablesIT {

    @RegisterExtension
    static final CassandraNode NODE = new CassandraNode();

    private static final long NOON = Instant.parse("2026-03-29T12:00:00Z").toEpochMilli();
    private static final WindowCalendar CALENDAR = new WindowCalendar(PartitionLayout.DEFAULT.zone());

    private static Keyspace keyspace;
    private static CassandraTables all;
    private static int lastSource;

    private SourceId source;
    private SourceTables tables;

    @BeforeAll
    static void prepare() {
        keyspace = new Keyspace(NODE, "source_tables_it");
        all = new CassandraTables(keyspace.connection(), PartitionLayout.DEFAULT);
    }

    @AfterAll
    static void drop() {
        keyspace.close();
    }

    @BeforeEach
    void nextSource() {
        source = new SourceId(++lastSource, "readings-" + lastSource, "id-" + lastSource, 0);
        tables = all.of(source);
    }

    /**
     * Weir reads these two settings by name before it writes; from a node that does not know them, it would assume
     * small requests.
     */
    @Test
    void theNodeReportsItsLimitsOfARequest() {
        Map<String, String> settings = new HashMap<>();
        keyspace.connection()
                .session()
                .execute("SELECT name, value FROM system_views.settings WHERE name IN"
                        + " ('unlogged_batch_across_partitions_warn_threshold', 'batch_size_warn_threshold')")
                .forEach(row -> settings.put(row.getString("name"), row.getString("value")));
        assertThat(settings)
                .containsOnly(
                        Map.entry("unlogged_batch_across_partitions_warn_threshold", "100"),
                        Map.entry("batch_size_warn_threshold", "80KiB"));
    }

    @Test
    void aLedgerIsReadAsWritten() {
        Ledger ledger = new Ledger(41, 10, 6, 1, Map.of(RejectReason.CONFLICT, 2L, RejectReason.TOO_OLD, 1L));

        assertThat(tables.readLedger()).isEqualTo(Ledger.EMPTY);
        tables.writeLedger(ledger, tables.readEpoch()).await();

        assertThat(tables.readLedger()).isEqualTo(ledger);
        assertThat(otherSource().readLedger()).isEqualTo(Ledger.EMPTY);
    }

    @Test
    void anOlderLedgerNeverReplacesANewerOne() {
        Ledger older = new Ledger(7, 1, 1, 0, Map.of());
        Ledger newer = new Ledger(9, 3, 2, 0, Map.of(RejectReason.MALFORMED, 1L));

        tables.writeLedger(newer, tables.readEpoch()).await();
        tables.writeLedger(older, tables.readEpoch()).await();
        assertThat(tables.readLedger()).isEqualTo(newer);

        Ledger newest = new Ledger(10, 4, 3, 0, Map.of(RejectReason.MALFORMED, 1L));
        tables.writeLedger(newest, tables.readEpoch()).await();
        assertThat(tables.readLedger()).isEqualTo(newest);
    }

    @Test
    void readingsAreWrittenToBothRawTablesAndTheirArrivalsAreFound() {
        Reading reading = new Reading("d-" + lastSource, "plant-3", "temperature", NOON + 125, 21.37);
        tables.writeReadings(List.of(new StoredReading(reading, 17, NOON + 500)))
                .await();

        ReadingKey absent = new ReadingKey(reading.device(), reading.metric(), NOON);
        assertThat(tables.readArrivals(List.of(reading.key(), absent)))
                .isEqualTo(Map.of(reading.key(), new Arrival(17, 21.37)));
        assertThat(otherSource().readArrivals(List.of(reading.key()))).isEmpty();
        for (String table : List.of("raw_by_device", "raw_by_group")) {
            Row row = row("SELECT device, group, metric, time, source, value, offset, WRITETIME(value) AS written FROM "
                    + "source_tables_it." + table);
            assertThat(row.getFormattedContents())
                    .isEqualTo("[device:'d-" + lastSource + "', group:'plant-3', metric:'temperature',"
                            + " time:'2026-03-29T12:00:00.125Z', source:" + lastSource
                            + ", value:21.37, offset:17, written:" + (NOON + 500) * 1000 + "]");
        }
    }

    @Test
    void aSpanReadsRawRowsOfItsScopeAndSourceAlone() {
        List<StoredReading> readings = new ArrayList<>();
        for (int i = 0; i < 12_000; i++) { // several pages, across midnight
            readings.add(stored("many-" + lastSource, NOON + i * 5_000L, i));
        }
        for (int device = 0; device < 40; device++) { // in all shards
            readings.add(stored("few-" + lastSource + "-" + device, NOON + 30, 20_000 + device));
        }
        tables.writeReadings(readings).await();
        otherSource().writeReadings(readings).await();

        long from = NOON + 25;
        long to = NOON + 11_000 * 5_000L;
        List<StoredReading> ofDevice = readings.subList(1, 11_000);
        List<StoredReading> ofGroup = new ArrayList<>(ofDevice);
        ofGroup.addAll(readings.subList(12_000, readings.size()));
        assertSpanHolds(new RawSpan(Scope.DEVICE, "many-" + lastSource, "m", from, to), ofDevice);
        assertSpanHolds(new RawSpan(Scope.GROUP, "g-" + lastSource, "m", from, to), ofGroup);
    }

    /** A repair by hand with a mistyped key creates rows that lack columns. */
    @Test
    void aRowWithoutAllOfItsColumnsIsNamed() {
        String device = "hand-" + lastSource;
        keyspace.connection()
                .session()
                .execute("UPDATE " + keyspace.connection().table("raw_by_device") + " SET value = 21.4 WHERE device = '"
                        + device + "' AND bucket = '2026-03-29T00:00:00Z' AND metric = 'it''s'"
                        + " AND time = '2026-03-29T12:00:00Z' AND source = " + source.number());
        keyspace.connection()
                .session()
                .execute("UPDATE " + keyspace.connection().table("raw_by_group") + " SET offset = 7 WHERE group = 'g'"
                        + " AND metric = '" + device + "' AND hour = '2026-03-29T12:00:00Z' AND shard = 2"
                        + " AND time = '2026-03-29T12:30:00Z' AND device = 'd' AND source = " + source.number());

        String byDevice = "the row WHERE device = '" + device + "' AND bucket = '2026-03-29T00:00:00Z' AND metric ="
                + " 'it''s' AND time = '2026-03-29T12:00:00Z' AND source = " + source.number() + ". ";
        RawSpan ofDevice = new RawSpan(Scope.DEVICE, device, "it's", NOON, NOON + 1);
        assertThatThrownBy(() -> tables.readReadings(ofDevice, row -> {}))
                .isInstanceOf(TablesException.class)
                .hasMessageContainingAll("a row of raw_by_device has no group and no offset", byDevice, "Delete it");
        assertThatThrownBy(() -> tables.readArrivals(List.of(new ReadingKey(device, "it's", NOON))))
                .hasMessageContainingAll("a row of raw_by_device has no offset", byDevice);
        RawSpan ofGroup = new RawSpan(Scope.GROUP, "g", device, NOON, NOON + 3_600_000);
        assertThatThrownBy(() -> tables.readReadings(ofGroup, row -> {}))
                .hasMessageContainingAll(
                        "a row of raw_by_group has no value",
                        "the row WHERE group = 'g' AND metric = '" + device + "' AND hour = '2026-03-29T12:00:00Z' AND"
                                + " shard = 2 AND time = '2026-03-29T12:30:00Z' AND device = 'd' AND source = "
                                + source.number() + ". ");
    }

    private void assertSpanHolds(RawSpan span, List<StoredReading> expected) {
        List<ArrivedReading> found = new ArrayList<>();
        tables.readReadings(span, found::add);
        assertThat(found)
                .containsExactlyInAnyOrderElementsOf(expected.stream()
                        .map(stored -> new ArrivedReading(stored.reading(), stored.offset()))
                        .toList());
        List<ArrivedReading> again = new ArrayList<>();
        tables.readReadings(span, again::add);
        assertThat(again).as("the same order").isEqualTo(found);
    }

    @Test
    void anEmptyRollupReplacesOneWithReadings() {
        RollupKey key = key(Scope.DEVICE, Resolution.HOUR, NOON);
        tables.writeRollups(List.of(row(key, NOON, 100, 20))).await();
        tables.writeRollups(List.of(new RollupRow(key, new Rollup(), 9, 101))).await();

        RollupRow found = tables.readRollups(List.of(key)).get(key);
        assertThat(found.rollup().isEmpty()).isTrue();
        assertThat(found.throughOffset()).isEqualTo(9);
        assertThat(found.version()).isEqualTo(101);
    }

    @Test
    void aRowKeepsItsRebuildOffsetAndRepairCount() {
        RollupKey key = key(Scope.DEVICE, Resolution.HOUR, NOON);
        tables.writeRollups(List.of(row(key, NOON, 100, 20))).await();
        assertThat(tables.readRollups(List.of(key)).get(key).isRebuilt()).isFalse();

        tables.writeRollups(List.of(new RollupRow(key, new Rollup(), 102, 101, 102, -1)))
                .await();
        assertThat(tables.readRollups(List.of(key)).get(key))
                .extracting(RollupRow::rebuiltOffset, RollupRow::repaired)
                .containsExactly(102L, -1L);

        tables.writeRollups(List.of(row(key, NOON, 103, 20))).await();
        assertThat(tables.readRollups(List.of(key)).get(key))
                .as("after a write without these columns")
                .extracting(RollupRow::rebuiltOffset, RollupRow::repaired)
                .containsExactly(102L, -1L);
    }

    @Test
    void thousandsOfReadingsInOneAndInManyPartitionsAreFound() {
        List<StoredReading> readings = new ArrayList<>();
        IntStream.range(0, 2_345).forEach(i -> readings.add(stored("one-" + lastSource, NOON + i, i)));
        IntStream.range(0, 1_100).forEach(i -> readings.add(stored("many-" + lastSource + "-" + i, NOON, 3_000 + i)));

        tables.writeReadings(readings).await();

        Map<ReadingKey, Arrival> arrivals = tables.readArrivals(
                readings.stream().map(stored -> stored.reading().key()).toList());
        assertThat(arrivals).hasSize(readings.size());
        assertThat(readings)
                .allSatisfy(stored -> assertThat(arrivals.get(stored.reading().key()))
                        .isEqualTo(new Arrival(stored.offset(), stored.reading().value())));
        assertThat(count("raw_by_group")).isEqualTo(readings.size());
    }

    @Test
    void readingsOfSeveralMetricsOfADeviceAreDistinguished() {
        List<StoredReading> readings = new ArrayList<>();
        List<String> metrics = List.of("temperature", "humidity", "pressure");
        for (String metric : metrics) {
            IntStream.range(0, 90)
                    .forEach(i -> readings.add(new StoredReading(
                            new Reading("d-" + lastSource, "plant-3", metric, NOON + i, i + metric.length()),
                            i,
                            NOON)));
        }
        tables.writeReadings(readings).await();

        List<ReadingKey> asked = IntStream.range(0, readings.size())
                .filter(i -> i % 4 != 0)
                .mapToObj(i -> readings.get(i).reading().key())
                .toList();
        Map<ReadingKey, Arrival> arrivals = tables.readArrivals(asked);
        assertThat(arrivals).containsOnlyKeys(asked);
        assertThat(readings)
                .filteredOn(stored -> arrivals.containsKey(stored.reading().key()))
                .allSatisfy(stored -> assertThat(arrivals.get(stored.reading().key()))
                        .isEqualTo(new Arrival(stored.offset(), stored.reading().value())));
    }

    @Test
    void rollupsOfAllTablesAreReadBitByBitAsWritten() {
        List<RollupRow> rows = new ArrayList<>();
        for (Scope scope : Scope.values()) {
            for (Resolution resolution : Resolution.values()) {
                for (int i = 0; i < 150; i++) {
                    long time = NOON + i * 40L * 24 * 3_600_000;
                    rows.add(row(key(scope, resolution, time), time, 1_000 + i, 0.1, -1e-9, 1e15 + i));
                }
            }
        }
        tables.writeRollups(rows).await();

        Map<RollupKey, RollupRow> found =
                tables.readRollups(rows.stream().map(RollupRow::key).toList());

        assertThat(found).hasSize(rows.size());
        assertThat(rows).allSatisfy(row -> assertSame(found.get(row.key()), row));
        assertThat(otherSource().readRollups(found.keySet())).isEmpty();
        assertThat(tables.readRollups(Set.of(key(Scope.DEVICE, Resolution.HOUR, NOON + 3_600_000))))
                .isEmpty();
    }

    /** Partitions that are read for the same windows share a request; each must get exactly its own rows. */
    @Test
    void rollupsOfManyDevicesAreReadForAnySetOfWindows() {
        List<RollupRow> rows = new ArrayList<>();
        List<RollupKey> asked = new ArrayList<>();
        for (int device = 0; device < 250; device++) {
            String id = "d-" + lastSource + "-" + device;
            String metric = device % 4 == 0 ? "humidity" : "temperature";
            for (int hour = 0; hour < 6; hour++) {
                long time = NOON + hour % 3 * 3_600_000L;
                RollupKey key = new RollupKey(
                        Scope.DEVICE, id, hour < 3 ? metric : "pressure", CALENDAR.windowOf(Resolution.HOUR, time));
                if ((device + hour) % 5 != 0) {
                    rows.add(row(key, time, 100 + device, device, hour));
                }
                if ((device + hour) % 3 != 0) {
                    asked.add(key);
                }
            }
        }
        tables.writeRollups(rows).await();

        Map<RollupKey, RollupRow> found = tables.readRollups(asked);

        List<RollupRow> expected =
                rows.stream().filter(row -> asked.contains(row.key())).toList();
        assertThat(found).hasSize(expected.size());
        assertThat(expected).allSatisfy(row -> assertSame(found.get(row.key()), row));
    }

    @Test
    void anOlderRollupNeverReplacesANewerOne() {
        RollupKey key = key(Scope.DEVICE, Resolution.HOUR, NOON);
        RollupRow older = row(key, NOON, 5_000, 1);
        RollupRow newer = row(key, NOON, 5_001, 1, 2);

        tables.writeRollups(List.of(older)).await();
        tables.writeRollups(List.of(newer)).await();
        assertSame(tables.readRollups(List.of(key)).get(key), newer);

        tables.writeRollups(List.of(older)).await();
        assertSame(tables.readRollups(List.of(key)).get(key), newer);
    }

    @Test
    void rollupsAreWrittenAsTheyWereAtTheCall() {
        RollupKey key = key(Scope.GROUP, Resolution.DAY, NOON);
        RollupRow row = row(key, NOON, 1, 1);

        var write = tables.writeRollups(List.of(row));
        row.rollup().add(NOON + 1, "d", 5);
        write.await();

        assertThat(tables.readRollups(List.of(key)).get(key).rollup().count()).isEqualTo(1);
    }

    @Test
    void rejectedReadingsKeepEverythingThatARedriveNeeds() {
        byte[] payload = "{\"devise\":1}".getBytes(UTF_8);
        Rejection rejection = new Rejection(RejectReason.MISSING_FIELD, "no device", payload, 12);
        long lateEvening = Instant.parse("2026-03-29T23:59:59.999Z").toEpochMilli();
        RejectedReading keyed = new RejectedReading(8, 0, rejection, lateEvening, "k".getBytes(UTF_8));
        RejectedReading keyless = new RejectedReading(8, 1, rejection, lateEvening, null);

        tables.writeRejected(List.of(keyed, keyless)).await();
        tables.writeRejected(List.of(keyed)).await();

        List<String> rows = keyspace
                .rows("SELECT day, source, offset, element, reason, detail, payload, payload_size,"
                        + " record_key, record_time, WRITETIME(reason) AS written FROM"
                        + " source_tables_it.rejected_readings WHERE topic = '" + source.topic()
                        + "' AND day = '2026-03-29' AND source = " + source.number())
                .stream()
                .map(Row::getFormattedContents)
                .toList();
        String common = "reason:'missing-field', detail:'no device', payload:0x7b22646576697365223a317d,"
                + " payload_size:12, record_key:%s, record_time:'2026-03-29T23:59:59.999Z', written:" + lateEvening
                + "000]";
        assertThat(rows)
                .containsExactly(
                        "[day:'2026-03-29', source:" + source.number() + ", offset:8, element:0, "
                                + String.format(common, "0x6b"),
                        "[day:'2026-03-29', source:" + source.number() + ", offset:8, element:1, "
                                + String.format(common, "NULL"));
    }

    @Test
    void exceptionsAreFoundByRangeOfOffsets() {
        DeciderTables decider = all.ofDecider(source);
        FollowerTables follower = all.ofFollower(source, FeedQuery.HOUR_BY_GROUP);
        List<SkippedReading> excepted = new ArrayList<>();
        for (long offset : new long[] {0, 4095, 4096, 9000, 20_000}) {
            excepted.add(excepted(offset, 0));
        }
        IntStream.range(1, 6_000).forEach(index -> excepted.add(excepted(9000, index)));
        decider.writeExceptions(excepted).await();
        decider.writeExceptions(excepted).await();

        assertThat(follower.readExceptions(0, 20_000))
                .containsExactlyInAnyOrderElementsOf(
                        excepted.stream().map(SkippedReading::position).toList());
        assertThat(follower.readExceptions(4095, 8_999))
                .containsExactlyInAnyOrder(new ElementPosition(4095, 0), new ElementPosition(4096, 0));
        assertThat(all.ofFollower(other(), FeedQuery.HOUR_BY_GROUP).readExceptions(0, 20_000))
                .isEmpty();
    }

    @Test
    void theLastTimeOfAnHourIsNeverTooEarly() {
        String device = "late-" + lastSource;
        RollupKey hour = new RollupKey(Scope.DEVICE, device, "m", CALENDAR.windowOf(Resolution.HOUR, NOON));
        RollupKey next = new RollupKey(Scope.DEVICE, device, "m", CALENDAR.windowOf(Resolution.HOUR, NOON + 3_600_000));
        WindowCalendar offTheHour = new WindowCalendar(ZoneId.of("Asia/Kolkata"));
        long midnight = NOON + 12 * 3_600_000;
        RollupKey overMidnight =
                new RollupKey(Scope.DEVICE, device, "m", offTheHour.windowOf(Resolution.HOUR, midnight));
        DeciderTables decider = all.ofDecider(source);
        decider.writeReadings(List.of(
                        stored(device, NOON + 1, 1),
                        stored(device, NOON + 7, 2),
                        stored(device, midnight - 5, 3),
                        stored(device, midnight + 5, 4)))
                .await();

        assertThat(decider.readLastTimes(List.of(hour, next, overMidnight)))
                .isEqualTo(Map.of(hour, NOON + 7, overMidnight, midnight + 5));
        assertThat(all.ofDecider(other()).readLastTimes(List.of(hour)))
                .as("rows of other sources count too")
                .isEqualTo(Map.of(hour, NOON + 7));
        assertThat(count("raw_by_group")).as("a follower writes it").isZero();
    }

    @Test
    void aFollowersLedgerNeverGoesBackAndIsItsOwn() {
        FollowerTables follower = all.ofFollower(source, FeedQuery.DAY_BY_DEVICE);
        assertThat(follower.readThroughOffset()).isEqualTo(Ledger.NOTHING);
        follower.writeThroughOffset(9, follower.readEpoch()).await();
        follower.writeThroughOffset(7, follower.readEpoch()).await();
        assertThat(follower.readThroughOffset()).isEqualTo(9);
        assertThat(all.ofFollower(source, FeedQuery.HOUR_BY_DEVICE).readThroughOffset())
                .isEqualTo(Ledger.NOTHING);
        assertThat(tables.readLedger()).isEqualTo(Ledger.EMPTY);

        tables.writeLedger(new Ledger(12, 1, 1, 0, Map.of()), tables.readEpoch())
                .await();
        assertThat(follower.awaitDecided(12)).isEqualTo(12);
        assertThat(follower.readThroughOffset()).isEqualTo(9);
    }

    @Test
    void theCatalogListsGroupsDevicesAndMetricsOnce() {
        keyspace.change("TRUNCATE source_tables_it.catalog");
        List<CatalogEntry> entries = List.of(new CatalogEntry("g", "d-1", "t"), new CatalogEntry("g", "d-2", "t"));
        tables.writeCatalog(entries).await();
        tables.writeCatalog(entries).await();

        assertThat(keyspace.rows("SELECT kind, parent, name FROM source_tables_it.catalog"))
                .extracting(row -> row.getString(0) + "/" + row.getString(1) + "/" + row.getString(2))
                .containsExactlyInAnyOrder(
                        "groups//g",
                        "devices/g/d-1",
                        "devices/g/d-2",
                        "device-metrics/d-1/t",
                        "device-metrics/d-2/t",
                        "group-metrics/g/t");
    }

    @Test
    void theCatalogListsTheGroupsOfADevice() {
        keyspace.change("TRUNCATE source_tables_it.catalog");
        CassandraCatalogReader catalog = new CassandraCatalogReader(keyspace.connection());
        assertThat(catalog.groupsOf("moved")).isEmpty();
        List<CatalogEntry> entries = new ArrayList<>(
                List.of(new CatalogEntry("g-0", "moved", "t"), new CatalogEntry("g-249", "moved", "u")));
        IntStream.range(0, 250).forEach(group -> entries.add(new CatalogEntry("g-" + group, "d-" + group, "t")));
        tables.writeCatalog(entries).await();

        assertThat(catalog.groups("")).as("more than one page").hasSize(250);
        assertThat(catalog.groupsOf("moved")).containsExactly("g-0", "g-249");
        assertThat(catalog.groupsOf("d-120")).containsExactly("g-120");
        assertThat(catalog.groupsOf("nobody")).isEmpty();
    }

    @Test
    void theCatalogListsNamesOfManyPagesInOrder() {
        keyspace.change("TRUNCATE source_tables_it.catalog");
        CassandraCatalogReader catalog = new CassandraCatalogReader(keyspace.connection());
        List<String> devices = IntStream.range(0, 2500)
                .mapToObj(i -> String.format("d-%04d", i))
                .toList();
        tables.writeCatalog(devices.stream()
                        .map(device -> new CatalogEntry("g", device, "t"))
                        .toList())
                .await();

        assertThat(catalog.devicesOf("g", "")).containsExactlyElementsOf(devices);
        assertThat(catalog.devicesOf("g", "d-0999")).containsExactlyElementsOf(devices.subList(1000, 2500));
        assertThat(catalog.devicesOf("g", "d-2400")).containsExactlyElementsOf(devices.subList(2401, 2500));
        assertThat(catalog.devicesOf("other", "")).isEmpty();
    }

    @Test
    void anEmptyWriteIsDurableAtOnce() {
        assertThat(tables.writeReadings(List.of()).isDurable()).isTrue();
        assertThat(tables.writeRollups(List.of()).isDurable()).isTrue();
        assertThat(tables.writeRejected(List.of()).isDurable()).isTrue();
        assertThat(tables.writeCatalog(List.of()).isDurable()).isTrue();
        assertThat(tables.readRollups(List.of())).isEmpty();
        assertThat(tables.readArrivals(List.of())).isEmpty();
    }

    private static StoredReading stored(String device, long time, long offset) {
        return new StoredReading(new Reading(device, "g-" + lastSource, "m", time, offset / 7.0), offset, time);
    }

    private static RollupKey key(Scope scope, Resolution resolution, long time) {
        return new RollupKey(scope, "id-" + lastSource, "temperature", CALENDAR.windowOf(resolution, time));
    }

    private static RollupRow row(RollupKey key, long time, long version, double... values) {
        Rollup rollup = new Rollup();
        for (int i = 0; i < values.length; i++) {
            rollup.add(time + i, "d-" + i, values[i]);
        }
        return new RollupRow(key, rollup, version + 1, version);
    }

    private static void assertSame(RollupRow found, RollupRow expected) {
        assertThat(found).isNotNull();
        assertThat(found.key()).isEqualTo(expected.key());
        assertThat(found.version()).isEqualTo(expected.version());
        assertThat(found.throughOffset()).isEqualTo(expected.throughOffset());
        assertThat(found.rollup())
                .usingRecursiveComparison()
                .usingOverriddenEquals()
                .isEqualTo(expected.rollup());
    }

    private static SkippedReading excepted(long offset, int index) {
        return new SkippedReading(new ElementPosition(offset, index), NOON, SkippedReading.Kind.DUPLICATE);
    }

    private SourceTables otherSource() {
        return all.of(other());
    }

    private SourceId other() {
        return new SourceId(1_000_000 + source.number(), source.topic(), source.topicId(), 1);
    }

    private Row row(String select) {
        return keyspace.rows(select + " WHERE source = " + source.number() + " ALLOW FILTERING")
                .get(0);
    }

    private long count(String table) {
        return keyspace.rows("SELECT COUNT(*) FROM source_tables_it." + table + " WHERE source = " + source.number()
                        + " ALLOW FILTERING")
                .get(0)
                .getLong(0);
    }
}
