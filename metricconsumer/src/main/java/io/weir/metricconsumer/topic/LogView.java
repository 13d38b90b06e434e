package io.weir.metricconsumer.topic;

import io.weir.metricconsumer.failure.KafkaUnavailableException;
import java.util.Map;
import java.util.Optional;

/** Answers questions about a topic's log. Methods throw {@link KafkaUnavailableException}. Thread-safe. */
public interface LogView extends AutoCloseable {

    /** Returns the topic's current id; empty if the topic does not exist. */
    Optional<String> topicId();

    /** Returns whether a reader gets any record with an offset in [from, to); true if that is unknown. */
    boolean hasRecords(int partition, long from, long to);

    /** Returns the end offset of each partition, as a reader with the isolation level of the settings sees it. */
    Map<Integer, Long> ends();

    @Override
    void close();
}
