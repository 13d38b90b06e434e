package io.weir.storage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Scope;
import io.weir.storage.rollup.RollupTable;
import io.weir.storage.schema.SchemaSettings;
import io.weir.storage.schema.SetupScript;
import io.weir.storage.schema.TableDefinition;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FeedQueryTest {

    @Test
    void everyTableOfReadingsAndRollupsHasAQuery() {
        List<String> tables =
                QueryLayout.EIGHT.queries().stream().map(FeedQuery::table).toList();
        assertThat(SetupScript.of(SchemaSettings.DEFAULT).tables().stream()
                        .map(TableDefinition::name)
                        .filter(name -> name.contains("_by_")))
                .containsExactlyInAnyOrderElementsOf(tables);
        assertThat(RollupTable.all())
                .allSatisfy(
                        rollups -> assertThat(FeedQuery.of(rollups).rollups()).contains(rollups));
        assertThat(FeedQuery.DAY_BY_GROUP.rollups()).contains(new RollupTable(Scope.GROUP, Resolution.DAY));
    }

    @Test
    void oneQueryDecidesInEitherLayout() {
        assertThat(QueryLayout.FUSED.queries()).containsExactly(FeedQuery.RAW_BY_DEVICE);
        assertThat(QueryLayout.FUSED.followers()).isEmpty();
        assertThat(QueryLayout.EIGHT.queries()).hasSize(8).startsWith(FeedQuery.RAW_BY_DEVICE);
        assertThat(QueryLayout.EIGHT.followers()).hasSize(7).doesNotContain(FeedQuery.RAW_BY_DEVICE);
    }

    @Test
    void layoutIsFusedIfItWasNotRecorded() {
        assertThat(QueryLayout.of(Map.of())).isEqualTo(QueryLayout.FUSED);
        assertThat(QueryLayout.of(Map.of(QueryLayout.SETTING, "eight"))).isEqualTo(QueryLayout.EIGHT);
    }
}
