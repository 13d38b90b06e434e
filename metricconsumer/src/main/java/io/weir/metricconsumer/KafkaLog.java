package io.weir.metricconsumer;

import io.weir.metricconsumer.config.KafkaSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topic, as Kafka's admin sees it: created if absent, checked, its borders known. Thread-safe. */
final class KafkaLog implements LogView {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaLog.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /** What the log holds of a partition: offsets from earliest to below end. */
    record Borders(long earliest, long end) {}

    private final KafkaSettings settings;
    private final Admin admin;

    KafkaLog(KafkaSettings settings) {
        this.settings = settings;
        try {
            admin = Admin.create(Map.of(
                    AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers(),
                    AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(TIMEOUT.toMillis()),
                    AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000));
        } catch (org.apache.kafka.common.KafkaException e) {
            throw unreachable(e);
        }
    }

    /** Returns the topic; empty if it does not exist. */
    Optional<TopicDescription> find() {
        try {
            return Optional.ofNullable(
                    get(admin.describeTopics(List.of(settings.topic())).allTopicNames())
                            .get(settings.topic()));
        } catch (UnknownTopicOrPartitionException absent) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> topicId() {
        return find().map(topic -> topic.topicId().toString());
    }

    /** Returns the topic, after creating it if it does not exist. */
    TopicDescription findOrCreate() {
        Optional<TopicDescription> found = find();
        if (found.isPresent()) {
            return found.get();
        }
        create();
        return find().orElseThrow(this::notThere);
    }

    /**
     * Warns of what makes a topic a bad log.
     *
     * @throws StartRefusedException if it is no log of all readings
     */
    void checkConfiguration() {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, settings.topic());
        Config config = Objects.requireNonNull(
                get(admin.describeConfigs(List.of(resource)).all()).get(resource));
        Function<String, String> value = name ->
                Optional.ofNullable(config.get(name)).map(ConfigEntry::value).orElse("");
        if (value.apply("cleanup.policy").contains("compact")) {
            throw new StartRefusedException("the topic " + settings.topic()
                    + " is compacted: it forgets readings, so that no rollup could be recomputed from it. "
                    + "Set cleanup.policy=delete, or use another topic");
        }
        if (!value.apply("message.timestamp.type").equals("LogAppendTime")) {
            LOG.warn(
                    "the topic {} takes record timestamps from producers: a producer with a wrong clock moves the bounds "
                            + "on event times. Set message.timestamp.type=LogAppendTime",
                    settings.topic());
        }
        long retention = Long.parseLong(value.apply("retention.ms"));
        if (retention >= 0 && retention < settings.retention().toMillis()) {
            LOG.warn(
                    "the topic {} keeps records for {} hours only; {} are configured, so that a month can be replayed",
                    settings.topic(),
                    Duration.ofMillis(retention).toHours(),
                    settings.retention().toHours());
        }
    }

    /** Returns what the log holds of each of the topic's partitions. */
    Map<Integer, Borders> borders() {
        Set<Integer> partitions = find().orElseThrow(this::notThere).partitions().stream()
                .map(TopicPartitionInfo::partition)
                .collect(Collectors.toSet());
        Map<TopicPartition, ListOffsetsResultInfo> earliest = offsets(partitions, OffsetSpec.earliest());
        Map<TopicPartition, ListOffsetsResultInfo> latest = offsets(partitions, OffsetSpec.latest());
        Map<Integer, Borders> borders = new TreeMap<>();
        latest.forEach((partition, end) -> {
            ListOffsetsResultInfo begin = Objects.requireNonNull(earliest.get(partition));
            borders.put(partition.partition(), new Borders(begin.offset(), end.offset()));
        });
        return borders;
    }

    /** Reads, since transactions leave offsets without a record. */
    @Override
    public boolean hasRecords(int partition, long from, long to) {
        return hasRecords(partition, from, to, TIMEOUT);
    }

    /** The same within a time; in doubt, there may be some. */
    boolean hasRecords(int partition, long from, long to, Duration limit) {
        Map<String, Object> config = new HashMap<>();
        config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, settings.isolationLevel());
        config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        TopicPartition topicPartition = new TopicPartition(settings.topic(), partition);
        long deadline = System.nanoTime() + limit.toNanos();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(config)) {
            consumer.assign(List.of(topicPartition));
            consumer.seek(topicPartition, from);
            while (consumer.position(topicPartition) < to && System.nanoTime() < deadline) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    return record.offset() < to;
                }
            }
            return consumer.position(topicPartition) < to; // in doubt, there may be some
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }

    private void create() {
        NewTopic topic = new NewTopic(settings.topic(), settings.partitions(), (short) settings.replicationFactor())
                .configs(Map.of(
                        "retention.ms", Long.toString(settings.retention().toMillis()),
                        "message.timestamp.type", "LogAppendTime",
                        "cleanup.policy", "delete"));
        try {
            get(admin.createTopics(List.of(topic)).all());
            LOG.info("created the topic {} with {} partitions", settings.topic(), settings.partitions());
        } catch (TopicExistsException e) {
            LOG.info("another process has created the topic {}", settings.topic());
        }
    }

    private Map<TopicPartition, ListOffsetsResultInfo> offsets(Set<Integer> partitions, OffsetSpec spec) {
        Map<TopicPartition, OffsetSpec> request = new HashMap<>();
        partitions.forEach(partition -> request.put(new TopicPartition(settings.topic(), partition), spec));
        return get(admin.listOffsets(request).all());
    }

    private <T> T get(KafkaFuture<T> future) {
        try {
            return future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException
                    || e.getCause() instanceof TopicExistsException) {
                throw (RuntimeException) e.getCause();
            }
            throw unreachable(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaUnavailableException("interrupted while waiting for Kafka", e);
        }
    }

    private KafkaUnavailableException notThere() {
        return new KafkaUnavailableException(
                "the topic " + settings.topic() + " was there, or was created, and cannot be seen now", null);
    }

    private KafkaUnavailableException unreachable(Throwable cause) {
        return new KafkaUnavailableException(
                "Kafka does not answer at " + settings.bootstrapServers() + " (" + cause.getMessage()
                        + "): start it, or set weir.kafka.bootstrap-servers",
                cause);
    }
}
