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
import io.weir.storage.read.ScopedMetric;
import io.weir.storage.read.TokenSlice;
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
            for (Resolution resolution : Resolution.values()) {
                assertThat(slices().flatMap(slice -> scan.months(scope, resolution, slice)))
                        .extracting(month -> month.of().metric())
                        .as("%s of %s", resolution, scope)
                        .containsExactlyInAnyOrderElementsOf(METRICS);
            }
        }
        assertThat(slices().flatMap(slice -> scan.raw(Scope.DEVICE, slice)))
                .extracting(partition -> partition.of().metric())
                .containsExactlyInAnyOrderElementsOf(METRICS);
        assertThat(slices().flatMap(slice -> scan.raw(Scope.GROUP, slice))).hasSize(HOURS * METRICS.size());
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
