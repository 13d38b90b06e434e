package io.weir.e2e.rig;

import static org.awaitility.Awaitility.await;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** The topic {@code readings}, and changes to it behind the pipeline's back. */
public final class TestTopic implements AutoCloseable {

    private static final String NAME = "readings";

    private final Admin admin;

    private TestTopic(Admin admin) {
        this.admin = admin;
    }

    public static TestTopic connect(String bootstrap) {
        return new TestTopic(Admin.create(Map.of("bootstrap.servers", bootstrap)));
    }

    /** Creates the topic; returns when the broker knows it, which is some time after the controller does. */
    public void create(int partitions) throws Exception {
        NewTopic topic = new NewTopic(NAME, partitions, (short) 1)
                .configs(Map.of("message.timestamp.type", "LogAppendTime", "retention.ms", "-1"));
        Uuid id = done(admin.createTopics(List.of(topic)).topicId(NAME));
        await().ignoreExceptions().until(() -> description().topicId().equals(id));
    }

    public void delete() throws Exception {
        done(admin.deleteTopics(List.of(NAME)).all());
    }

    public void addPartitionsTo(int partitions) throws Exception {
        done(admin.createPartitions(Map.of(NAME, NewPartitions.increaseTo(partitions)))
                .all());
    }

    /** Deletes all records, as retention does; returns the first offset of each partition afterwards. */
    public Map<Integer, Long> expireAll() throws Exception {
        Map<Integer, Long> ends = ends();
        expireBefore(ends);
        return ends;
    }

    /** Deletes the records before these offsets, by partition. */
    public void expireBefore(Map<Integer, Long> offsets) throws Exception {
        Map<TopicPartition, RecordsToDelete> expired = new HashMap<>();
        offsets.forEach((partition, offset) ->
                expired.put(new TopicPartition(NAME, partition), RecordsToDelete.beforeOffset(offset)));
        done(admin.deleteRecords(expired).all());
    }

    public String id() throws Exception {
        return description().topicId().toString();
    }

    /** Returns the next offset of each partition. */
    public Map<Integer, Long> ends() throws Exception {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        description()
                .partitions()
                .forEach(partition -> asked.put(new TopicPartition(NAME, partition.partition()), OffsetSpec.latest()));
        Map<Integer, Long> ends = new TreeMap<>();
        done(admin.listOffsets(asked).all())
                .forEach((partition, found) -> ends.put(partition.partition(), found.offset()));
        return ends;
    }

    @Override
    public void close() {
        admin.close();
    }

    private TopicDescription description() throws Exception {
        return done(admin.describeTopics(List.of(NAME)).allTopicNames()).get(NAME);
    }

    private static <T> T done(KafkaFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }
}
