package io.weir.storage;

/**
 * One incarnation of a topic partition, and the number that its rows carry.
 *
 * @param number given once by the {@link SourceRegistry}, from 1
 * @param topicId Kafka's id of the topic: one that was deleted and created again has another
 */
public record SourceId(int number, String topic, String topicId, int partition) {}
