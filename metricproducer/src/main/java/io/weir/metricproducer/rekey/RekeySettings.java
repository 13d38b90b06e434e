package io.weir.metricproducer.rekey;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which topic is copied into which.
 *
 * @param bootstrapServers addresses of one or more brokers, {@code host:port,host:port}
 * @param from the topic to copy
 * @param to the topic that is keyed by device; created if it does not exist
 * @param partitions how many partitions {@code to} has; null for as many as {@code from}, or as it has already
 * @param maxRecordBytes the pipeline rejects larger record values unread, so they are not split
 * @param follow whether to go on with records that come later, until stopped
 * @param timeout how long to wait for an answer of Kafka's
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

    /** Copies until the end that the topic has at the start. */
    public static RekeySettings of(String bootstrapServers, String from, String to, int maxRecordBytes) {
        return new RekeySettings(bootstrapServers, from, to, null, maxRecordBytes, false, PATIENCE);
    }

    /** Returns the same with another number of partitions; null for none in particular. */
    public RekeySettings withPartitions(@Nullable Integer count) {
        return new RekeySettings(bootstrapServers, from, to, count, maxRecordBytes, follow, timeout);
    }

    /** Returns the same, to be stopped by the caller. */
    public RekeySettings following() {
        return new RekeySettings(bootstrapServers, from, to, partitions, maxRecordBytes, true, timeout);
    }

    /** Names the transactional producer and the offsets of this copy; no topic's name has a colon in it. */
    String id() {
        return "weir-rekey:" + from + ":" + to;
    }
}
