package io.weir.storage.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.storage.rollup.RollupTable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SetupScriptTest {

    private static final SetupScript SHIPPED = SetupScript.of(SchemaSettings.DEFAULT);

    @Test
    void definesTablesOfReadingsRollupsOriginAndAccess() {
        assertThat(SHIPPED.tables())
                .extracting(TableDefinition::name)
                .containsExactly(
                        "raw_by_device",
                        "raw_by_group",
                        "hour_by_device",
                        "day_by_device",
                        "month_by_device",
                        "hour_by_group",
                        "day_by_group",
                        "month_by_group",
                        "sources",
                        "retired_sources",
                        "quarantined_records",
                        "ledger",
                        "exceptions",
                        "rejected_readings",
                        "rebuilds",
                        "catalog",
                        "device_sources",
                        "pipeline_meta",
                        "runs",
                        "failing_queries",
                        "api_tokens");
        assertThat(SHIPPED.tables())
                .extracting(TableDefinition::name)
                .containsAll(RollupTable.all().stream().map(RollupTable::table).toList());
    }

    @Test
    void readsColumnsTypesAndKeys() {
        assertThat(table(SHIPPED, "ledger"))
                .isEqualTo(new TableDefinition(
                        "ledger",
                        Map.of(
                                "source", "int",
                                "query", "text",
                                "through_offset", "bigint",
                                "received", "bigint",
                                "stored", "bigint",
                                "duplicate", "bigint",
                                "rejected", "frozen<map<text, bigint>>"),
                        List.of("source"),
                        List.of("query asc"),
                        0));
        assertThat(table(SHIPPED, "pipeline_meta").clustering()).containsExactly("since desc");
        assertThat(table(SHIPPED, "runs").columns())
                .hasSize(8)
                .containsEntry("generation", "bigint")
                .containsEntry("settings", "frozen<map<text, text>>");
        assertThat(table(SHIPPED, "raw_by_group").partitionKey()).containsExactly("group", "metric", "hour", "shard");
        assertThat(table(SHIPPED, "hour_by_device").columns()).hasSize(22).containsEntry("sketch", "blob");
    }

    @Test
    void takesKeyspaceReplicationAndRetentionFromTheSettings() {
        SetupScript script = SetupScript.of(new SchemaSettings(
                "plant",
                "{'class': 'NetworkTopologyStrategy', 'east': 3}",
                Duration.ofDays(40),
                Duration.ofDays(900),
                Duration.ofDays(91)));

        assertThat(script.statements().get(0))
                .startsWith("CREATE KEYSPACE IF NOT EXISTS plant")
                .endsWith("{'class': 'NetworkTopologyStrategy', 'east': 3}");
        assertThat(script.statements().get(1)).isEqualTo("USE plant");
        assertThat(table(script, "raw_by_group").timeToLive()).isEqualTo(40 * 86_400);
        assertThat(table(script, "month_by_group").timeToLive()).isEqualTo(900 * 86_400);
        assertThat(table(script, "rejected_readings").timeToLive()).isEqualTo(91 * 86_400);
        assertThat(table(script, "ledger").timeToLive()).isZero();
    }

    @Test
    void versionMatchesSchema() {
        assertThat(SHIPPED.text())
                .contains("schema version " + Schema.VERSION)
                .contains("('" + Schema.VERSION_SETTING + "', 0, '" + Schema.VERSION + "')");
    }

    @Test
    void namesEveryDifference() {
        TableDefinition expected =
                new TableDefinition("t", Map.of("a", "int", "b", "text"), List.of("a"), List.of("b asc"), 0);
        TableDefinition found =
                new TableDefinition("t", Map.of("b", "blob", "c", "int"), List.of("b"), List.of("b desc"), 60);

        assertThat(expected.differencesFrom(expected)).isEmpty();
        assertThat(expected.differencesFrom(found))
                .containsExactlyInAnyOrder(
                        "t has no column a, expected one of type int",
                        "t.b has the type blob, expected text",
                        "t has a column c of type int, expected none",
                        "t has the partition key [b], expected [a]",
                        "t is clustered by [b desc], expected [b asc]",
                        "t has default_time_to_live 60, expected 0");
    }

    private static TableDefinition table(SetupScript script, String name) {
        return script.tables().stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
