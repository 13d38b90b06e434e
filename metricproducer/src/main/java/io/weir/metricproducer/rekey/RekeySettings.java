package io.weir.metricproducer.rekey;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a copy.
 *
 * @param bootstrapServers addresses of one or more brokers, {@code host:port,host:port}
 * @param from the topic to copy
 * @param to the target topic, keyed by device; created if it does not exist
 * @param partitions the number of partitions of {@code to}; null for that of {@code from}, or of an existing {@code to}
 * @param maxRecordBytes the pipeline rejects larger record values unread, so they are not split
 * @param follow whether to continue with later records until stopped
 * @param timeout how long to wait for a response of Kafka
 */
public record RekeySettings(
        String bootstrapServers,
        String from,
        String to,
        @Nullable Integer partitions,
        int maxRecordBytes,
        boolean follow,
        Duration timeout) {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** Copies up to the topic's end offsets at the start. */
    public static RekeySettings of(String bootstrapServers, String from, String to, int maxRecordBytes) {
        return new RekeySettings(bootstrapServers, from, to, null, maxRecordBytes, false, PATIENCE);
    }

    /** Returns the same settings with another number of partitions; null for the default. */
    public RekeySettings withPartitions(@Nullable Integer count) {
        return new RekeySettings(bootstrapServers, from, to, count, maxRecordBytes, follow, timeout);
    }

    /** Returns the same settings with {@code follow}. */
    public RekeySettings following() {
        return new RekeySettings(bootstrapServers, from, to, partitions, maxRecordBytes, true, timeout);
    }

    /** Returns the transactional id and consumer group of this copy; a topic's name cannot contain a colon. */
    String id() {
        return "weir-rekey:" + from + ":" + to;
    }
}
