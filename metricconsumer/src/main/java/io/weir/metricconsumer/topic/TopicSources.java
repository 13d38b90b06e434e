package io.weir.metricconsumer.topic;

import io.weir.storage.source.SourceId;
import java.io.Serializable;
import java.util.Map;
import java.util.Set;

/**
 * The live sources of a topic when a query starts.
 *
 * @param topicId Kafka's id of the topic
 * @param byPartition the source of each partition that the topic had then
 * @param quarantined the offsets of quarantined records, by partition; without partitions that have none
 */
public record TopicSources(
        String topic, String topicId, Map<Integer, SourceId> byPartition, Map<Integer, Set<Long>> quarantined)
        implements Serializable {}
