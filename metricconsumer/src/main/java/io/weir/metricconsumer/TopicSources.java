package io.weir.metricconsumer;

import io.weir.storage.SourceId;
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
record TopicSources(
        String topic, String topicId, Map<Integer, SourceId> byPartition, Map<Integer, Set<Long>> quarantined)
        implements Serializable {}
