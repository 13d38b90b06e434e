package io.weir.metricconsumer;

import io.weir.metricconsumer.config.KafkaSettings;
import io.weir.storage.SourceId;

/**
 * Makes sure that records come from the log that their source is of. Spark reads by the topic's name: where the topic is
 * deleted, created again and filled beyond the offset that comes next, it reads on as if nothing had happened.
 *
 * <p>A topic never gets an old id back. So records that were read before Kafka was asked, and named the id that was
 * expected, are of that topic. Tasks that wait at the same time share a question. Thread-safe.
 */
final class TopicWatch implements AutoCloseable {

    private final LogView log;
    private String confirmed = "";
    private long askedAt;

    TopicWatch(KafkaSettings settings) {
        this(new KafkaLog(settings));
    }

    /** @param log is closed with the watch */
    TopicWatch(LogView log) {
        this.log = log;
    }

    /**
     * Requires that all records which the caller has read so far are of the source's topic.
     *
     * @throws StartRefusedException if the topic has another id now, or is gone
     * @throws KafkaUnavailableException if Kafka does not say
     */
    void requireUnchanged(SourceId source) {
        requireUnchangedSince(System.nanoTime(), source);
    }

    /**
     * Returns whether the source's log has, or had before they expired, records with an offset in [from, to).
     *
     * @throws KafkaUnavailableException if Kafka does not say
     */
    boolean hasRecords(SourceId source, long from, long to) {
        return log.hasRecords(source.partition(), from, to);
    }

    @Override
    public void close() {
        log.close();
    }

    private synchronized void requireUnchangedSince(long read, SourceId source) {
        if (confirmed.equals(source.topicId()) && askedAt - read >= 0) {
            return;
        }
        long now = System.nanoTime();
        String found = log.topicId().orElse("");
        if (!found.equals(source.topicId())) {
            throw new StartRefusedException(
                    "the topic " + source.topic() + " had the id " + source.topicId() + " when the query began, and "
                            + (found.isEmpty() ? "is gone" : "now is another one with the id " + found)
                            + ": nothing that was read since is applied");
        }
        confirmed = found;
        askedAt = now;
    }
}
