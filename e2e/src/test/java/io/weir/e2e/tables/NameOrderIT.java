package io.weir.e2e.tables;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.weir.core.reading.Reading;
import io.weir.core.rollup.Resolution;
import io.weir.e2e.rig.CassandraNode;
import io.weir.e2e.rig.Keyspace;
import io.weir.e2e.rig.ScriptedSource;
import io.weir.query.access.Access;
import io.weir.query.api.ApiServer;
import io.weir.query.api.config.ApiSettingsReader;
import io.weir.query.api.routes.Redriver;
import io.weir.query.api.routes.ServedSystem;
import io.weir.storage.CassandraReadTables;
import io.weir.storage.ReadTables;
import io.weir.storage.catalog.CassandraCatalogReader;
import io.weir.storage.read.ScopedMetric;
import io.weir.storage.rollup.SourceRollup;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.schema.RawBucket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Stores devices whose names sort differently in Java and in Cassandra, all with a reading at the same time. */
class NameOrderIT {

    @RegisterExtension
    static final CassandraNode NODE = new CassandraNode();

    private static final PartitionLayout LAYOUT = new PartitionLayout(RawBucket.DAY, 3, ZoneId.of("UTC"));
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    /** In Cassandra's order: by their UTF-8 bytes. */
    private static final List<String> DEVICES = List.of(
            "a",
            "a\ud83d\ude00",
            "b",
            "\u00e9",
            "\ud7ff",
            "\ue000",
            "\uff21",
            "\uff22",
            "\ud83d\ude00",
            "\ud83d\ude01");

    private static final ScopedMetric PLANT = ScopedMetric.ofGroup("plant", "heat");

    private static Keyspace keyspace;
    private static ReadTables tables;

    @BeforeAll
    static void fill() {
        keyspace = new Keyspace(NODE, "name_order_it");
        ScriptedSource source = ScriptedSource.open(keyspace.connection(), LAYOUT, 1);
        DEVICES.forEach(device -> source.send(new Reading(device, "plant", "heat", NOON.toEpochMilli(), 1)));
        source.apply();
        source.flush();
        tables = CassandraReadTables.open(keyspace.connection(), LAYOUT, Duration.ofMinutes(10));
    }

    @AfterAll
    static void drop() {
        keyspace.close();
    }

    @Test
    void cassandraSortsTextByCodePoint() {
        assertThat(keyspace.rows("SELECT device, shard FROM name_order_it.raw_by_group").stream()
                        .filter(row -> row.getInt("shard") == LAYOUT.shardOf("\uff21"))
                        .map(row -> row.getString("device")))
                .containsExactlyElementsOf(DEVICES.stream()
                        .filter(device -> LAYOUT.shardOf(device) == LAYOUT.shardOf("\uff21"))
                        .toList());
    }

    @Test
    void shardsAreMergedInThatOrder() {
        try (var rows = tables.raw().read(PLANT, NOON.toEpochMilli(), NOON.toEpochMilli() + 1)) {
            assertThat(rows.map(raw -> raw.reading().device())).containsExactlyElementsOf(DEVICES);
        }
    }

    @Test
    void firstAndLastOfOneTimeFollowThatOrder() {
        try (var rows = tables.rollups().read(PLANT, Resolution.HOUR, NOON.toEpochMilli(), NOON.toEpochMilli() + 1)) {
            SourceRollup hour = rows.findFirst().orElseThrow();
            assertThat(hour.rollup().first().device()).isEqualTo(DEVICES.get(0));
            assertThat(hour.rollup().last().device()).isEqualTo(DEVICES.get(DEVICES.size() - 1));
        }
    }

    @Test
    void pagesHoldEachReadingAndNameOnce() throws Exception {
        String span = "&from=2026-03-01T00:00:00Z&to=2026-03-02T00:00:00Z";
        try (ApiServer api =
                ApiServer.start(ApiSettingsReader.read(null, Map.of()).withPort(0), system(), Access.open())) {
            for (int limit = 1; limit <= 3; limit++) {
                String readings = "/readings?group=plant&metric=heat&limit=" + limit + span;
                assertThat(pages(api, readings, "readings")).containsExactlyElementsOf(DEVICES);
                assertThat(pages(api, "/groups/plant/devices?limit=" + limit, "devices"))
                        .containsExactlyElementsOf(DEVICES);
            }
        }
    }

    private static ServedSystem system() {
        return new ServedSystem(
                tables,
                new CassandraCatalogReader(keyspace.connection()),
                LAYOUT.zone(),
                sources -> Map.of(),
                (filter, chosen) -> new Redriver.Redriven(0, 0, Map.of()),
                "127.0.0.1:9092",
                "scripted",
                "test",
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                Clock.systemUTC());
    }

    private static List<String> pages(ApiServer api, String query, String list) throws Exception {
        List<String> devices = new ArrayList<>();
        String cursor = "";
        do {
            URI uri = URI.create(api.address() + "/api/v1" + query + cursor);
            JsonNode page = new ObjectMapper()
                    .readTree(HttpClient.newHttpClient()
                            .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                            .body());
            page.get(list).forEach(item -> devices.add(item.get("device").asText()));
            cursor = page.get("next").isNull()
                    ? ""
                    : "&cursor=" + page.get("next").asText();
        } while (!cursor.isEmpty());
        return devices;
    }
}
