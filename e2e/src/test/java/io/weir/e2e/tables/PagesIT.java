package io.weir.e2e.tables;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.weir.core.reading.Reading;
import io.weir.core.reading.ReadingKey;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.RollupKey;
import io.weir.core.rollup.Scope;
import io.weir.core.rollup.WindowCalendar;
import io.weir.e2e.rig.CassandraNode;
import io.weir.e2e.rig.Keyspace;
import io.weir.e2e.rig.ScriptedSource;
import io.weir.storage.CassandraPartitionScan;
import io.weir.storage.CassandraReadTables;
import io.weir.storage.CassandraTables;
import io.weir.storage.PartitionScan;
import io.weir.storage.ReadTables;
import io.weir.storage.raw.CassandraRawReader;
import io.weir.storage.raw.RawPartition;
import io.weir.storage.raw.RawReader;
import io.weir.storage.raw.RawReading;
import io.weir.storage.read.ScopedMetric;
import io.weir.storage.read.TokenSlice;
import io.weir.storage.rollup.MetricMonth;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.source.SourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Reads results of more than one page: the node decides how many rows it puts into a page. */
class PagesIT {

    @RegisterExtension
    static final CassandraNode NODE = new CassandraNode();

    private static final String PAGE_SIZE = "datastax-java-driver.basic.request.page-size";
    private static final PartitionLayout LAYOUT = PartitionLayout.DEFAULT;
    private static final long MIDNIGHT = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();
    private static final int HOURS = 23;
    private static final List<String> METRICS = List.of("damp", "heat", "noise");

    private static Keyspace keyspace;
    private static CassandraConnection connection;

    @BeforeAll
    static void fill() {
        keyspace = new Keyspace(NODE, "pages_it");
        ScriptedSource source = ScriptedSource.open(keyspace.connection(), LAYOUT, 1);
        readings().forEach(source::send);
        source.apply();
        source.flush();
        System.setProperty(PAGE_SIZE, "4");
        ConfigFactory.invalidateCaches();
        connection = NODE.connect("pages_it");
    }

    @AfterAll
    static void close() {
        System.clearProperty(PAGE_SIZE);
        ConfigFactory.invalidateCaches();
        connection.close();
        keyspace.close();
    }

    @Test
    void theNodeSendsSmallPages() {
        assertThat(connection
                        .session()
                        .execute("SELECT time FROM pages_it.raw_by_device")
                        .getAvailableWithoutFetching())
                .isEqualTo(4);
    }

    @Test
    void theFoldFindsEveryStoredReading() {
        List<ReadingKey> keys = readings().stream().map(Reading::key).toList();

        assertThat(new CassandraTables(connection, LAYOUT).of(source()).readArrivals(keys))
                .containsOnlyKeys(keys);
    }

    @Test
    void theFoldFindsEveryStoredRollup() {
        WindowCalendar calendar = new WindowCalendar(LAYOUT.zone());
        List<RollupKey> keys = readings().stream()
                .map(reading -> new RollupKey(
                        Scope.GROUP, "plant", reading.metric(), calendar.windowOf(Resolution.HOUR, reading.time())))
                .toList();

        assertThat(new CassandraTables(connection, LAYOUT).of(source()).readRollups(keys))
                .containsOnlyKeys(keys);
    }

    @Test
    void readersReadAllPages() {
        ReadTables tables = CassandraReadTables.open(connection, LAYOUT, Duration.ofMinutes(10));
        ScopedMetric device = ScopedMetric.ofDevice("d", "heat");
        long end = MIDNIGHT + Duration.ofDays(1).toMillis();

        assertThat(tables.raw().read(device, MIDNIGHT, end)).hasSize(HOURS);
        assertThat(tables.rollups().read(device, Resolution.HOUR, MIDNIGHT, end))
                .hasSize(HOURS);
    }

    /** A partition holds several metrics. */
    @Test
    void theScanFindsEachMetricOfAPartitionOnce() {
        PartitionScan scan = new CassandraPartitionScan(connection, LAYOUT);
        for (Scope scope : Scope.values()) {
            List<MetricMonth> months =
                    slices().flatMap(slice -> scan.months(scope, slice)).toList();
            assertThat(months)
                    .extracting(month -> month.of().metric())
                    .as("%s", scope)
                    .containsExactlyInAnyOrderElementsOf(METRICS);
            assertThat(months).as("%s", scope).allSatisfy(month -> assertThat(month.rows())
                    .hasSize(HOURS + 2));
            assertThat(slices().flatMap(slice -> scan.raw(scope, slice)))
                    .as("%s", scope)
                    .hasSize(HOURS * METRICS.size())
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void theScanReadsTheReadingsOfManyPartitions() {
        PartitionScan scan = new CassandraPartitionScan(connection, LAYOUT);
        RawReader raw = new CassandraRawReader(connection, LAYOUT);
        List<RawPartition> device = METRICS.stream()
                .map(metric -> raw.partitionOf(ScopedMetric.ofDevice("d", metric), MIDNIGHT))
                .toList();
        List<RawPartition> group = new ArrayList<>();
        for (int hour = 0; hour < HOURS; hour++) {
            long time = MIDNIGHT + Duration.ofHours(hour).toMillis();
            METRICS.forEach(metric -> group.add(raw.partitionOf(ScopedMetric.ofGroup("plant", metric), time)));
        }

        assertThat(scan.raw(Scope.DEVICE, device))
                .extracting(RawReading::reading)
                .containsExactlyInAnyOrderElementsOf(readings());
        assertThat(scan.raw(Scope.GROUP, group))
                .extracting(RawReading::reading)
                .containsExactlyInAnyOrderElementsOf(readings());
        assertThat(scan.raw(Scope.GROUP, group.subList(0, 1))).hasSize(1);
    }

    /** Readers of a span do not find such a row, so that the verification must not count it. */
    @Test
    void theScanIgnoresARowInAnotherPartitionThanThatOfItsTime() {
        PartitionScan scan = new CassandraPartitionScan(connection, LAYOUT);
        RawPartition first =
                new CassandraRawReader(connection, LAYOUT).partitionOf(ScopedMetric.ofGroup("plant", "heat"), MIDNIGHT);
        String key = "group = 'plant' AND metric = 'heat' AND hour = " + MIDNIGHT + " AND shard = 0 AND time = "
                + Instant.ofEpochMilli(MIDNIGHT).plus(Duration.ofHours(2)).toEpochMilli()
                + " AND device = 'd' AND source = 1";
        keyspace.change("UPDATE pages_it.raw_by_group SET value = 1, offset = 0 WHERE " + key);
        try {
            assertThat(scan.raw(Scope.GROUP, List.of(first))).hasSize(1);
        } finally {
            keyspace.change("DELETE FROM pages_it.raw_by_group WHERE " + key);
        }
    }

    @Test
    void theScanTellsWhichSeriesHaveRollups() {
        PartitionScan scan = new CassandraPartitionScan(connection, LAYOUT);
        List<ScopedMetric> asked = List.of(
                ScopedMetric.ofDevice("d", "heat"),
                ScopedMetric.ofDevice("d", "pressure"),
                ScopedMetric.ofDevice("e", "heat"));
        long end = MIDNIGHT + Duration.ofDays(1).toMillis();

        assertThat(scan.present(Scope.DEVICE, asked, Resolution.HOUR, MIDNIGHT, end))
                .containsExactly(asked.get(0));
        assertThat(scan.present(
                        Scope.DEVICE,
                        asked,
                        Resolution.HOUR,
                        MIDNIGHT + Duration.ofHours(HOURS).toMillis(),
                        end))
                .isEmpty();
    }

    private static Stream<TokenSlice> slices() {
        return TokenSlice.ring(3).stream();
    }

    private static SourceId source() {
        return new SourceId(1, "scripted", "scripted-id", 1);
    }

    /** One reading of each metric in each hour of a day. */
    private static List<Reading> readings() {
        List<Reading> readings = new ArrayList<>();
        for (int hour = 0; hour < HOURS; hour++) {
            long time = MIDNIGHT + Duration.ofHours(hour).toMillis();
            for (String metric : METRICS) {
                readings.add(new Reading("d", "plant", metric, time, hour));
            }
        }
        return readings;
    }
}
