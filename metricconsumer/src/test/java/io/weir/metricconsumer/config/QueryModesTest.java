package io.weir.metricconsumer.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.storage.run.FeedQuery;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Shows which queries run in Real-Time Mode, depending on the trigger. */
class QueryModesTest {

    @Test
    void onlyQueriesOfRawReadingsRunInRealTime() {
        assertThat(inRealTime("realtime")).containsExactly(FeedQuery.RAW_BY_DEVICE, FeedQuery.RAW_BY_GROUP);
    }

    @Test
    void noQueryRunsInRealTimeWithAnotherTrigger() {
        assertThat(inRealTime("1 second")).isEmpty();
        assertThat(inRealTime("available-now")).isEmpty();
    }

    private static List<FeedQuery> inRealTime(String trigger) {
        WeirSettings settings = settings(trigger);
        return Stream.of(FeedQuery.values()).filter(settings::isRealTime).toList();
    }

    private static WeirSettings settings(String trigger) {
        return WeirSettings.load(null, Map.of(), Map.of("spark.weir.spark.trigger", trigger));
    }
}
