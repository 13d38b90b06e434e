package io.weir.metricconsumer.config;

import com.typesafe.config.Config;
import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the Spark application runs: section {@code weir.spark}.
 *
 * @param triggerInterval the shortest time between two micro-batches; null to catch up and stop
 * @param readyFile empty for none
 */
public record SparkSettings(
        String checkpoint,
        @Nullable Duration triggerInterval,
        int maxRecordsPerTrigger,
        int chunkRecords,
        Duration flushInterval,
        int cachedRows,
        int maxPendingReadings,
        String readyFile)
        implements Serializable {

    private static final String AVAILABLE_NOW = "available-now";

    static SparkSettings from(Config root) {
        SettingsReader in = new SettingsReader(root, "weir.spark");
        return new SparkSettings(
                in.filledText("checkpoint"),
                in.durationOr(AVAILABLE_NOW, "trigger"),
                in.positive("max-records-per-trigger"),
                in.positive("chunk-records"),
                in.duration("flush-interval"),
                in.positive("cached-rows"),
                in.positive("max-pending-readings"),
                in.text("ready-file"));
    }
}
