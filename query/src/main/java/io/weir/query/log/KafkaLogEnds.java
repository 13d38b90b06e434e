package io.weir.query.log;

import io.weir.storage.ledger.SourceLedger;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Reads the end offsets of logs for {@code read_committed} consumers. A transaction marker takes an offset, so a topic
 * that is written by transactions shows a lag of 1 when everything is read.
 */
public final class KafkaLogEnds implements LogEnds {

    private final Admin admin;
    private final Duration limit;

    /** Uses the given admin, which the caller closes. */
    public KafkaLogEnds(Admin admin) {
        this(admin, KafkaResults.USUAL_LIMIT);
    }

    /** @param limit the time limit of one Kafka request */
    public KafkaLogEnds(Admin admin, Duration limit) {
        this.admin = admin;
        this.limit = limit;
    }

    @Override
    public Map<Integer, Long> of(Collection<SourceLedger> sources) {
        if (sources.isEmpty()) {
            KafkaResults.of(admin.describeCluster().clusterId(), limit); // the requests below would not be sent at all
            return Map.of();
        }
        Map<Integer, TopicPartition> present = present(sources);
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        present.values().forEach(partition -> asked.put(partition, OffsetSpec.latest()));
        Map<TopicPartition, ListOffsetsResultInfo> found = KafkaResults.of(
                admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .all(),
                limit);
        Map<Integer, Long> ends = new HashMap<>();
        present.forEach((source, partition) -> ends.put(source, offset(found, partition)));
        return ends;
    }

    /** Omits the sources of deleted topics; a recreated topic has another id. */
    private Map<Integer, TopicPartition> present(Collection<SourceLedger> sources) {
        Map<String, TopicDescription> topics = describe(sources);
        Map<Integer, TopicPartition> present = new HashMap<>();
        for (SourceLedger source : sources) {
            TopicDescription topic = topics.get(source.topic());
            if (topic != null && topic.topicId().toString().equals(source.topicId())) {
                present.put(source.source(), new TopicPartition(source.topic(), source.partition()));
            }
        }
        return present;
    }

    private Map<String, TopicDescription> describe(Collection<SourceLedger> sources) {
        Set<String> names = new HashSet<>();
        sources.forEach(source -> names.add(source.topic()));
        Map<String, TopicDescription> topics = new HashMap<>();
        admin.describeTopics(names).topicNameValues().forEach((name, future) -> {
            try {
                topics.put(name, KafkaResults.of(future, limit));
            } catch (LogUnreachableException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        });
        return topics;
    }

    private static long offset(Map<TopicPartition, ListOffsetsResultInfo> found, TopicPartition partition) {
        ListOffsetsResultInfo info = found.get(partition);
        if (info == null) {
            throw new IllegalStateException("Kafka left " + partition + " out of its answer");
        }
        return info.offset();
    }
}
