package io.weir.metricconsumer.topic;

import io.weir.metricconsumer.config.KafkaSettings;
import io.weir.metricconsumer.failure.KafkaUnavailableException;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a topic as the broker reports it, with the broker's defaults where the topic sets nothing.
 *
 * @param retentionMillis negative: forever
 * @param segmentMillis how long a segment receives records
 */
public record TopicConfiguration(String cleanupPolicy, String timestampType, long retentionMillis, long segmentMillis) {

    public static final String LOG_APPEND_TIME = "LogAppendTime";

    private static final String CLEANUP_POLICY = "cleanup.policy";
    private static final String TIMESTAMP_TYPE = "message.timestamp.type";
    private static final String RETENTION = "retention.ms";
    private static final String SEGMENT = "segment.ms";

    /** Kafka's default of a week would keep records for that much longer than the retention says. */
    private static final Duration CREATED_SEGMENT = Duration.ofDays(1);

    static TopicConfiguration of(Config found) {
        return new TopicConfiguration(
                value(found, CLEANUP_POLICY),
                value(found, TIMESTAMP_TYPE),
                Long.parseLong(value(found, RETENTION)),
                Long.parseLong(value(found, SEGMENT)));
    }

    /** Returns the configuration of a topic that Weir creates. */
    public static TopicConfiguration created(KafkaSettings settings) {
        return new TopicConfiguration(
                "delete", LOG_APPEND_TIME, settings.retention().toMillis(), CREATED_SEGMENT.toMillis());
    }

    /** Returns this as the configuration of a new topic. */
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

    public boolean isCompacted() {
        return cleanupPolicy.contains("compact");
    }

    public boolean usesBrokerTimestamps() {
        return timestampType.equals(LOG_APPEND_TIME);
    }

    /**
     * Returns how long Kafka can hold a record that has the broker's timestamp; null if it can hold some forever. A
     * segment receives records for {@code segment.ms} after its first record, and Kafka deletes it, even if it is the
     * active one, {@code retention.ms} after its last: its first record lives for both. Kafka's check interval,
     * {@code log.retention.check.interval.ms}, is not included.
     */
    @Nullable
    public Duration maxRecordLife() {
        return retentionMillis < 0 || !cleanupPolicy.contains("delete")
                ? null
                : Duration.ofMillis(retentionMillis).plusMillis(segmentMillis);
    }

    /** Returns the settings that {@link #maxRecordLife} follows from, for messages. */
    public String lifeDescription() {
        return CLEANUP_POLICY + " = " + cleanupPolicy + ", " + RETENTION + " = " + retentionMillis + ", " + SEGMENT
                + " = " + segmentMillis;
    }

    private static String value(Config config, String name) {
        ConfigEntry entry = config.get(name);
        if (entry == null || entry.value() == null) {
            throw new KafkaUnavailableException(
                    "Kafka does not return " + name + " of the topic: grant Weir's user DescribeConfigs on the topic",
                    null);
        }
        return entry.value();
    }
}
