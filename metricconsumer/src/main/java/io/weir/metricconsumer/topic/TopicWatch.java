package io.weir.metricconsumer.topic;

import io.weir.metricconsumer.config.KafkaSettings;
import io.weir.metricconsumer.failure.KafkaUnavailableException;
import io.weir.metricconsumer.failure.StartRefusedException;
import io.weir.storage.source.SourceId;

/**
 * Verifies that records come from the topic that their source belongs to. Spark reads by the topic's name: if the topic
 * is deleted, recreated and filled beyond the next offset, Spark continues without an error.
 *
 * <p>Kafka never reuses a topic id. So if Kafka returns the expected id after records were read, these records are of
 * that topic. Tasks that wait at the same time share one request. Thread-safe.
 */
public final class TopicWatch implements AutoCloseable {

    private final LogView log;
    private String confirmed = "";
    private long confirmedAt;

    public TopicWatch(KafkaSettings settings) {
        this(new TopicAdmin(settings));
    }

    /** @param log is closed with the watch */
    public TopicWatch(LogView log) {
        this.log = log;
    }

    /**
     * Requires that all records which the caller has read so far are of the source's topic.
     *
     * @throws StartRefusedException if the topic has another id now, or does not exist
     * @throws KafkaUnavailableException if Kafka does not answer
     */
    public void requireUnchanged(SourceId source) {
        requireUnchangedSince(System.nanoTime(), source);
    }

    /**
     * Returns whether the source's log holds, or has held before expiry, records with an offset in [from, to).
     *
     * @throws KafkaUnavailableException if Kafka does not answer
     */
    boolean hasRecords(SourceId source, long from, long to) {
        return log.hasRecords(source.partition(), from, to);
    }

    @Override
    public void close() {
        log.close();
    }

    private synchronized void requireUnchangedSince(long readAt, SourceId source) {
        if (confirmed.equals(source.topicId()) && confirmedAt - readAt >= 0) {
            return;
        }
        long now = System.nanoTime();
        String found = log.topicId().orElse("");
        if (!found.equals(source.topicId())) {
            throw new StartRefusedException(
                    "the topic " + source.topic() + " had the id " + source.topicId() + " when the query started, and "
                            + (found.isEmpty() ? "is gone" : "is now another topic with the id " + found)
                            + ": no records that were read since are applied");
        }
        confirmed = found;
        confirmedAt = now;
    }
}
