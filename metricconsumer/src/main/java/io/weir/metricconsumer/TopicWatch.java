package io.weir.metricconsumer;

import io.weir.metricconsumer.config.KafkaSettings;

/**
 * Makes sure that records come from the log that their source is of. Spark reads by the topic's name: where the topic is
 * deleted, created again and filled beyond the offset that comes next, it reads on as if nothing had happened.
 *
 * <p>A topic never gets an old id back. So records that were read before Kafka was asked, and named the id that was
 * expected, are of that topic. Tasks that wait at the same time share a question. Thread-safe.
 */
final class TopicWatch implements AutoCloseable {

    private final KafkaLog log;
    private String confirmed = "";
    private long askedAt;

    TopicWatch(KafkaSettings settings) {
        log = new KafkaLog(settings);
    }

    /**
     * Requires that all records which the caller has read so far are of the topic with this id.
     *
     * @throws StartRefusedException if the topic has another id now, or is gone
     * @throws KafkaUnavailableException if Kafka does not say
     */
    void requireUnchanged(String topic, String topicId) {
        requireUnchangedSince(System.nanoTime(), topic, topicId);
    }

    @Override
    public void close() {
        log.close();
    }

    private synchronized void requireUnchangedSince(long read, String topic, String topicId) {
        if (confirmed.equals(topicId) && askedAt - read >= 0) {
            return;
        }
        long now = System.nanoTime();
        String found =
                log.find().map(description -> description.topicId().toString()).orElse("");
        if (!found.equals(topicId)) {
            throw new StartRefusedException(
                    "the topic " + topic + " had the id " + topicId + " when the query began, and "
                            + (found.isEmpty() ? "is gone" : "now is another one with the id " + found)
                            + ": nothing that was read since is applied");
        }
        confirmed = found;
        askedAt = now;
    }
}
