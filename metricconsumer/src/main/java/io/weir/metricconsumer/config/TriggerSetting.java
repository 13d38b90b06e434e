package io.weir.metricconsumer.config;

import java.io.Serializable;
import java.time.Duration;

/** When records are taken from the log: setting {@code weir.spark.trigger}. */
public sealed interface TriggerSetting extends Serializable {

    /** In micro-batches, with at least this time between them. */
    record MicroBatches(Duration interval) implements TriggerSetting {}

    /** In micro-batches until the log is caught up with. */
    record AvailableNow() implements TriggerSetting {}

    /** Each as it comes: Spark's Real-Time Mode. */
    record RealTime() implements TriggerSetting {}

    static TriggerSetting from(SettingsReader in) {
        String key = "trigger";
        return switch (in.text(key)) {
            case "available-now" -> new AvailableNow();
            case "realtime" -> new RealTime();
            default -> new MicroBatches(in.durationOrWord(key, "available-now, or realtime"));
        };
    }
}
