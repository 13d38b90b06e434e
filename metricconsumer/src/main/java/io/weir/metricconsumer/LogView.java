package io.weir.metricconsumer;

import java.util.Optional;

/** What decisions about a topic's log need to ask Kafka. Methods throw {@link KafkaUnavailableException}. Thread-safe. */
interface LogView extends AutoCloseable {

    /** Returns the id that the topic has now; empty if it does not exist. */
    Optional<String> topicId();

    /** Returns whether a reader gets any record with an offset in [from, to); true in doubt. */
    boolean hasRecords(int partition, long from, long to);

    @Override
    void close();
}
