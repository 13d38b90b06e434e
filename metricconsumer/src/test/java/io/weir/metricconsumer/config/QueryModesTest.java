package io.weir.metricconsumer.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.storage.TableQuery;
import io.weir.storage.sstable.BulkSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the trigger decides: which queries take each record as it comes, and what is loaded in bulk. */
class QueryModesTest {

    private static final Map<String, String> LOADING = Map.of(
            "spark.weir.cassandra.bulk.node", "27",
            "spark.weir.cassandra.bulk.jars", "a.jar",
            "spark.weir.cassandra.bulk.directory", "/weir/bulk");

    @Test
    void onlyRawReadingsAreInRealTime() {
        assertThat(inRealTime("realtime")).containsExactly(TableQuery.RAW_BY_DEVICE, TableQuery.RAW_BY_GROUP);
    }

    @Test
    void nothingIsInRealTimeWithAnotherTrigger() {
        assertThat(inRealTime("1 second")).isEmpty();
        assertThat(inRealTime("available-now")).isEmpty();
    }

    @Test
    void inRealTimeReadingsDoNotWaitForRollupsThatAreLoaded() {
        assertThat(settings("1 second").bulk()).isNull();
        assertThat(settings("1 second", LOADING).bulk())
                .isEqualTo(new BulkSettings(10_000, true, "a.jar", "/weir/bulk", 27));
        assertThat(settings("realtime", LOADING).bulk())
                .isEqualTo(new BulkSettings(10_000, false, "a.jar", "/weir/bulk", 27));
    }

    private static List<TableQuery> inRealTime(String trigger) {
        WeirSettings settings = settings(trigger);
        return Stream.of(TableQuery.values()).filter(settings::isRealTime).toList();
    }

    private static WeirSettings settings(String trigger) {
        return settings(trigger, Map.of());
    }

    private static WeirSettings settings(String trigger, Map<String, String> more) {
        Map<String, String> given = new HashMap<>(more);
        given.put("spark.weir.spark.trigger", trigger);
        return WeirSettings.load(null, Map.of(), given);
    }
}
