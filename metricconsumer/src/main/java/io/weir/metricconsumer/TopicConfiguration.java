package io.weir.metricconsumer;

import io.weir.metricconsumer.config.KafkaSettings;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.jspecify.annotations.Nullable;

/**
 * How Kafka keeps a topic, as the broker says it: with its own defaults where the topic sets nothing.
 *
 * @param retentionMillis negative: for ever
 * @param segmentMillis how long a segment takes records
 */
record TopicConfiguration(String cleanupPolicy, String timestampType, long retentionMillis, long segmentMillis) {

    static final String LOG_APPEND_TIME = "LogAppendTime";

    private static final String CLEANUP_POLICY = "cleanup.policy";
    private static final String TIMESTAMP_TYPE = "message.timestamp.type";
    private static final String RETENTION = "retention.ms";
    private static final String SEGMENT = "segment.ms";

    /** Kafka's week would keep records for that much longer than the retention says. */
    private static final Duration CREATED_SEGMENT = Duration.ofDays(1);

    static TopicConfiguration of(Config found) {
        return new TopicConfiguration(
                value(found, CLEANUP_POLICY),
                value(found, TIMESTAMP_TYPE),
                Long.parseLong(value(found, RETENTION)),
                Long.parseLong(value(found, SEGMENT)));
    }

    /** Returns the configuration of a topic that Weir creates. */
    static TopicConfiguration created(KafkaSettings settings) {
        return new TopicConfiguration(
                "delete", LOG_APPEND_TIME, settings.retention().toMillis(), CREATED_SEGMENT.toMillis());
    }

    /** Returns it as the settings of a topic. */
    Map<String, String> asMap() {
        return Map.of(
                CLEANUP_POLICY,
                cleanupPolicy,
                TIMESTAMP_TYPE,
                timestampType,
                RETENTION,
                Long.toString(retentionMillis),
                SEGMENT,
                Long.toString(segmentMillis));
    }

    boolean isCompacted() {
        return cleanupPolicy.contains("compact");
    }

    boolean isTimedByBroker() {
        return timestampType.equals(LOG_APPEND_TIME);
    }

    /**
     * Returns how long Kafka can hold a record whose timestamp it has set itself; null if it holds some for ever. A segment
     * takes records for {@code segment.ms} after its first, and is deleted, also the one that is being written,
     * {@code retention.ms} after its last: a record that was the first lives for both. Kafka looks every {@code
     * log.retention.check.interval.ms}, which is not part of it.
     */
    @Nullable
    Duration longestLife() {
        return retentionMillis < 0 || !cleanupPolicy.contains("delete")
                ? null
                : Duration.ofMillis(retentionMillis).plusMillis(segmentMillis);
    }

    /** Returns what {@link #longestLife} follows from, for messages. */
    String lifeSentence() {
        return CLEANUP_POLICY + " = " + cleanupPolicy + ", " + RETENTION + " = " + retentionMillis + ", " + SEGMENT
                + " = " + segmentMillis;
    }

    private static String value(Config config, String name) {
        ConfigEntry entry = config.get(name);
        if (entry == null || entry.value() == null) {
            throw new KafkaUnavailableException(
                    "Kafka does not say " + name + " of the topic: allow Weir's user DescribeConfigs on it", null);
        }
        return entry.value();
    }
}
