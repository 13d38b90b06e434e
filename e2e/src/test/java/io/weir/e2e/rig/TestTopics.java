package io.weir.e2e.rig;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Creates, changes and reads topics of any name on a broker. */
public final class TestTopics implements AutoCloseable {

    private final String bootstrap;
    private final Admin admin;

    public TestTopics(String bootstrap) {
        this.bootstrap = bootstrap;
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
    }

    /** Creates a topic; returns when the broker knows it. */
    public void create(String topic, int partitions, Map<String, String> config) throws Exception {
        NewTopic created = new NewTopic(topic, partitions, (short) 1).configs(config);
        Uuid id = done(admin.createTopics(List.of(created)).topicId(topic));
        await().ignoreExceptions()
                .until(() -> done(admin.describeTopics(List.of(topic)).allTopicNames())
                        .get(topic)
                        .topicId()
                        .equals(id));
    }

    public void delete(String topic) throws Exception {
        done(admin.deleteTopics(List.of(topic)).all());
        await().until(() -> !done(admin.listTopics().names()).contains(topic));
    }

    public void addPartitionsTo(String topic, int partitions) throws Exception {
        done(admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions)))
                .all());
        await().until(() -> partitions(topic).size() == partitions);
    }

    public void set(String topic, String name, String value) throws Exception {
        done(admin.incrementalAlterConfigs(Map.of(
                        resource(topic),
                        List.of(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET))))
                .all());
        await().until(() -> config(topic, name).equals(value));
    }

    /** Deletes the records of the first partition below an offset, as retention does. */
    public void expire(String topic, long below) throws Exception {
        done(admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(below)))
                .all());
    }

    public String config(String topic, String name) throws Exception {
        return done(admin.describeConfigs(List.of(resource(topic))).all())
                .get(resource(topic))
                .get(name)
                .value();
    }

    /** Returns the sum of the partitions' end offsets. */
    public long end(String topic, IsolationLevel isolation) throws Exception {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions(topic).forEach(partition -> asked.put(partition, OffsetSpec.latest()));
        return done(admin.listOffsets(asked, new ListOffsetsOptions(isolation)).all()).values().stream()
                .mapToLong(found -> found.offset())
                .sum();
    }

    /** Returns all committed records; those of one partition are in order. */
    public List<ConsumerRecord<byte[], byte[]>> committed(String topic) throws Exception {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = partitions(topic);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (!ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
            }
        }
        return records;
    }

    /** Returns a producer that chooses partitions as Java's does. */
    public KafkaProducer<byte[], byte[]> murmur2Producer() {
        return producer(Map.of());
    }

    /** Returns a producer that chooses partitions as librdkafka's does. */
    public KafkaProducer<byte[], byte[]> crc32Producer() {
        return producer(Map.of("partitioner.class", Crc32Partitioner.class));
    }

    private KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> config = new HashMap<>(more);
        config.put("bootstrap.servers", bootstrap);
        config.put("compression.type", "lz4");
        config.put("linger.ms", 20);
        config.put("max.request.size", 10_000_000);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private List<TopicPartition> partitions(String topic) throws Exception {
        int count = done(admin.describeTopics(List.of(topic)).allTopicNames())
                .get(topic)
                .partitions()
                .size();
        return IntStream.range(0, count)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    private static <T> T done(KafkaFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        admin.close();
    }
}
