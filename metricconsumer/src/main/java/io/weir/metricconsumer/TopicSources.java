package io.weir.metricconsumer;

import io.weir.storage.SourceId;
import java.io.Serializable;
import java.util.Map;

/**
 * The live sources of a topic as a query begins with them.
 *
 * @param topicId Kafka's id of the topic that they are incarnations of
 * @param byPartition one for each partition that the topic had then
 */
record TopicSources(String topic, String topicId, Map<Integer, SourceId> byPartition) implements Serializable {}
