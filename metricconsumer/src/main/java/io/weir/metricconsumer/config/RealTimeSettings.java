package io.weir.metricconsumer.config;

import com.typesafe.config.Config;
import java.io.Serializable;
import java.time.Duration;

/**
 * Settings that apply to the trigger realtime alone: section {@code weir.spark.realtime}.
 *
 * @param flushInterval the time between two parts of a flush, each of which writes the hourly rollups
 * @param ledgerInterval the time between two flushes, and so between two writes of the ledger
 * @param batchDuration how often Spark commits its own progress
 */
public record RealTimeSettings(Duration linger, Duration flushInterval, Duration ledgerInterval, Duration batchDuration)
        implements Serializable {

    /** The shortest batch that Spark allows. */
    private static final Duration SHORTEST_BATCH = Duration.ofSeconds(5);

    static RealTimeSettings from(Config root) {
        SettingsReader in = new SettingsReader(root, "weir.spark.realtime");
        Duration batch = in.duration("batch-duration");
        if (batch.compareTo(SHORTEST_BATCH) < 0) {
            throw in.malformed("batch-duration", "at least 5 seconds");
        }
        return new RealTimeSettings(
                in.duration("linger"), in.duration("flush-interval"), in.duration("ledger-interval"), batch);
    }
}
