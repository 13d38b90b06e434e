package io.weir.metricconsumer.config;

import com.typesafe.config.Config;
import java.io.Serializable;
import java.time.Duration;

/**
 * What counts with the trigger realtime only: section {@code weir.spark.realtime}.
 *
 * @param flushInterval between two parts of a flush, each with what readers wait for
 * @param ledgerInterval between two flushes
 * @param batchDuration for Spark, which commits its own progress that often
 */
public record RealTimeSettings(Duration linger, Duration flushInterval, Duration ledgerInterval, Duration batchDuration)
        implements Serializable {

    /** What Spark allows at least. */
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
