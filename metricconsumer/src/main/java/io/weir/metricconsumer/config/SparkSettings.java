package io.weir.metricconsumer.config;

import com.typesafe.config.Config;
import java.io.Serializable;
import java.time.Duration;

/**
 * The settings of the Spark application: section {@code weir.spark}.
 *
 * @param memoryShare the share of an executor's heap for its folds
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

    /** Longer than the pause between two micro-batches while there are records to read. */
    private static final Duration IDLE_GRACE = Duration.ofSeconds(1);

    public boolean isRealTime() {
        return trigger instanceof TriggerSetting.RealTime;
    }

    /** Returns how long no batch must have come before the log counts as idle. */
    public Duration idleTime() {
        return trigger instanceof TriggerSetting.MicroBatches batches
                ? batches.interval().plus(IDLE_GRACE)
                : IDLE_GRACE;
    }

    static SparkSettings from(Config root) {
        SettingsReader in = new SettingsReader(root, "weir.spark");
        return new SparkSettings(
                in.nonBlankText("checkpoint"),
                TriggerSetting.from(in),
                in.positive("max-records-per-trigger"),
                in.positive("chunk-records"),
                in.duration("flush-interval"),
                in.share("memory-share"),
                in.text("ready-file"),
                RealTimeSettings.from(root));
    }
}
