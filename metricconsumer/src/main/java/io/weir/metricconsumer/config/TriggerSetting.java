package io.weir.metricconsumer.config;

import java.io.Serializable;
import java.time.Duration;

/** When records are read from the log: setting {@code weir.spark.trigger}. */
public sealed interface TriggerSetting extends Serializable {

    /** In micro-batches, at least this interval apart. */
    record MicroBatches(Duration interval) implements TriggerSetting {}

    /** In micro-batches until the application has caught up with the log. */
    record AvailableNow() implements TriggerSetting {}

    /** Each record as it arrives: Spark's Real-Time Mode. */
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
