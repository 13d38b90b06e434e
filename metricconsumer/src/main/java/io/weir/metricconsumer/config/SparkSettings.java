package io.weir.metricconsumer.config;

import com.typesafe.config.Config;
import java.io.Serializable;
import java.time.Duration;

/**
 * How the Spark application runs: section {@code weir.spark}.
 *
 * @param memoryShare the share of an executor's heap that its folds take
 * @param readyFile empty for none
 */
public record SparkSettings(
        String checkpoint,
        TriggerSetting trigger,
        int maxRecordsPerTrigger,
        int chunkRecords,
        Duration flushInterval,
        double memoryShare,
        String readyFile,
        RealTimeSettings realtime)
        implements Serializable {

    /** Longer than between two micro-batches when there are records to read. */
    private static final Duration NO_BATCH = Duration.ofSeconds(1);

    public boolean isRealTime() {
        return trigger instanceof TriggerSetting.RealTime;
    }

    /** Returns how long no batch must have come for no other to be expected soon. */
    public Duration idleTime() {
        return trigger instanceof TriggerSetting.MicroBatches batches
                ? batches.interval().plus(NO_BATCH)
                : NO_BATCH;
    }

    static SparkSettings from(Config root) {
        SettingsReader in = new SettingsReader(root, "weir.spark");
        return new SparkSettings(
                in.filledText("checkpoint"),
                TriggerSetting.from(in),
                in.positive("max-records-per-trigger"),
                in.positive("chunk-records"),
                in.duration("flush-interval"),
                in.share("memory-share"),
                in.text("ready-file"),
                RealTimeSettings.from(root));
    }
}
