package io.weir.local.command.source;

import io.weir.query.log.KafkaResults;
import io.weir.query.log.LogUnreachableException;
import io.weir.storage.source.Retirement.FoundLog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * The current state of a topic in Kafka.
 *
 * @param id null if there is no such topic
 */
record TopicLog(@Nullable String id, Map<Integer, FoundLog> partitions) {

    /** Returns the state of a partition, with null fields if it does not exist. */
    FoundLog partition(int partition) {
        return partitions.getOrDefault(partition, new FoundLog(id, null, null));
    }

    /**
     * Reads the state from Kafka.
     *
     * @throws LogUnreachableException if it does not answer
     */
    static TopicLog find(Admin admin, String topic) {
        TopicDescription description;
        try {
            description = Objects.requireNonNull(
                    KafkaResults.of(admin.describeTopics(List.of(topic)).allTopicNames())
                            .get(topic));
        } catch (LogUnreachableException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return new TopicLog(null, Map.of());
            }
            throw e;
        }
        String id = description.topicId().toString();
        Map<Integer, FoundLog> partitions = new HashMap<>();
        description.partitions().forEach(partition -> {
            TopicPartition asked = new TopicPartition(topic, partition.partition());
            partitions.put(
                    partition.partition(),
                    new FoundLog(
                            id,
                            offset(admin, asked, OffsetSpec.earliest()),
                            offset(admin, asked, OffsetSpec.latest())));
        });
        return new TopicLog(id, partitions);
    }

    private static long offset(Admin admin, TopicPartition partition, OffsetSpec spec) {
        return KafkaResults.of(admin.listOffsets(Map.of(partition, spec)).partitionResult(partition))
                .offset();
    }
}
