package io.weir.metricconsumer.config;

import com.typesafe.config.Config;
import java.io.Serializable;
import java.time.Duration;

/** The topic that readings come from: section {@code weir.kafka}. */
public record KafkaSettings(
        String bootstrapServers,
        String topic,
        int partitions,
        int replicationFactor,
        Duration retention,
        String isolationLevel)
        implements Serializable {

    static KafkaSettings from(Config root) {
        SettingsReader in = new SettingsReader(root, "weir.kafka");
        return new KafkaSettings(
                in.nonBlankText("bootstrap-servers"),
                in.nonBlankText("topic"),
                in.positive("partitions"),
                in.positive("replication-factor"),
                in.duration("retention"),
                in.parsed("isolation-level", "read_committed or read_uncommitted", KafkaSettings::isolation));
    }

    private static String isolation(String level) {
        if (!level.equals("read_committed") && !level.equals("read_uncommitted")) {
            throw new IllegalArgumentException(level);
        }
        return level;
    }
}
