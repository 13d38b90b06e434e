package io.weir.metricconsumer;

import io.weir.storage.SourceId;
import java.io.Serializable;
import java.util.Map;
import java.util.Set;

/**
 * The live sources of a topic as a query begins with them.
 *
 * @param topicId Kafka's id of the topic that they are incarnations of
 * @param byPartition one for each partition that the topic had then
 * @param quarantined offsets of records that are left out, by partition; none for those that have none
 */
record TopicSources(
        String topic, String topicId, Map<Integer, SourceId> byPartition, Map<Integer, Set<Long>> quarantined)
        implements Serializable {}
