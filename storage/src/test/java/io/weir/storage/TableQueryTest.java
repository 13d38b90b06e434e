package io.weir.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Scope;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableQueryTest {

    @Test
    void everyTableOfReadingsAndRollupsHasAQuery() {
        List<String> tables =
                QueryLayout.EIGHT.queries().stream().map(TableQuery::table).toList();
        assertThat(SetupScript.of(SchemaSettings.DEFAULT).tables().stream()
                        .map(TableDefinition::name)
                        .filter(name -> name.contains("_by_")))
                .containsExactlyInAnyOrderElementsOf(tables);
        assertThat(RollupTable.all())
                .allSatisfy(
                        rollups -> assertThat(TableQuery.of(rollups).rollups()).contains(rollups));
        assertThat(TableQuery.DAY_BY_GROUP.rollups()).contains(new RollupTable(Scope.GROUP, Resolution.DAY));
    }

    @Test
    void oneQueryDecidesInEitherLayout() {
        assertThat(QueryLayout.FUSED.queries()).containsExactly(TableQuery.RAW_BY_DEVICE);
        assertThat(QueryLayout.FUSED.followers()).isEmpty();
        assertThat(QueryLayout.EIGHT.queries()).hasSize(8).startsWith(TableQuery.RAW_BY_DEVICE);
        assertThat(QueryLayout.EIGHT.followers()).hasSize(7).doesNotContain(TableQuery.RAW_BY_DEVICE);
    }

    @Test
    void layoutIsFusedIfItWasNotRecorded() {
        assertThat(QueryLayout.of(Map.of())).isEqualTo(QueryLayout.FUSED);
        assertThat(QueryLayout.of(Map.of(QueryLayout.SETTING, "eight"))).isEqualTo(QueryLayout.EIGHT);
    }
}
