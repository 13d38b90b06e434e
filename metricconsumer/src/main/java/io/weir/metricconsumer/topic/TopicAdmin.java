package io.weir.metricconsumer.topic;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.failsafe.function.CheckedSupplier;
import io.weir.metricconsumer.config.KafkaSettings;
import io.weir.metricconsumer.failure.KafkaUnavailableException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates, describes and reads the topic through Kafka's admin client and a consumer. Thread-safe. */
public final class TopicAdmin implements LogView {

    private static final Logger LOG = LoggerFactory.getLogger(TopicAdmin.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration RETRY_DELAY = Duration.ofMillis(100);
    private static final Duration POLL_TIMEOUT = Duration.ofMillis(200);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    /** The offsets that a partition holds, from {@code earliest} to below {@code end}. */
    public record Borders(long earliest, long end) {}

    private final KafkaSettings settings;
    private final Admin admin;
    private final RetryPolicy<Object> unknownTopicRetry;
    private @Nullable KafkaConsumer<byte[], byte[]> consumer;

    public TopicAdmin(KafkaSettings settings) {
        this(settings, connect(settings), TIMEOUT);
    }

    /**
     * @param admin is closed with this object
     * @param patience how long to retry while the broker does not know the topic
     */
    public TopicAdmin(KafkaSettings settings, Admin admin, Duration patience) {
        this.settings = settings;
        this.admin = admin;
        this.unknownTopicRetry = RetryPolicy.builder()
                .handle(UnknownTopicOrPartitionException.class)
                .withMaxRetries(-1)
                .withDelay(RETRY_DELAY)
                .withMaxDuration(patience)
                .build();
    }

    private static Admin connect(KafkaSettings settings) {
        try {
            return Admin.create(Map.of(
                    AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers(),
                    AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(TIMEOUT.toMillis()),
                    AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000));
        } catch (KafkaException e) {
            throw unreachable(settings, e);
        }
    }

    /** Returns the topic's description; empty if the topic does not exist. */
    public Optional<TopicDescription> find() {
        try {
            return Optional.of(describe());
        } catch (UnknownTopicOrPartitionException absent) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> topicId() {
        return find().map(topic -> topic.topicId().toString());
    }

    /** Returns the topic's description; creates the topic if it does not exist. */
    public TopicDescription findOrCreate() {
        Optional<TopicDescription> found = find();
        if (found.isPresent()) {
            return found.get();
        }
        create();
        return awaitKnown(this::describe);
    }

    /** Returns the configuration of the topic, which must exist. */
    public TopicConfiguration configuration() {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, settings.topic());
        return awaitKnown(() -> TopicConfiguration.of(Objects.requireNonNull(
                get(admin.describeConfigs(List.of(resource)).all()).get(resource))));
    }

    /** Returns the offsets that each partition of the topic holds. The topic must exist. */
    public Map<Integer, Borders> borders() {
        return awaitKnown(this::readBorders);
    }

    @Override
    public Map<Integer, Long> ends() {
        ListOffsetsOptions seen = new ListOffsetsOptions(
                IsolationLevel.valueOf(settings.isolationLevel().toUpperCase(Locale.ROOT)));
        return awaitKnown(() -> {
            Map<Integer, Long> ends = new TreeMap<>();
            offsets(partitions(), OffsetSpec.latest(), seen)
                    .forEach((partition, end) -> ends.put(partition.partition(), end.offset()));
            return ends;
        });
    }

    private Map<Integer, Borders> readBorders() {
        Set<Integer> partitions = partitions();
        ListOffsetsOptions all = new ListOffsetsOptions();
        Map<TopicPartition, ListOffsetsResultInfo> earliest = offsets(partitions, OffsetSpec.earliest(), all);
        Map<TopicPartition, ListOffsetsResultInfo> latest = offsets(partitions, OffsetSpec.latest(), all);
        Map<Integer, Borders> borders = new TreeMap<>();
        latest.forEach((partition, end) -> {
            ListOffsetsResultInfo begin = Objects.requireNonNull(earliest.get(partition));
            borders.put(partition.partition(), new Borders(begin.offset(), end.offset()));
        });
        return borders;
    }

    /**
     * Returns whether a partition holds, or has held before expiry, a record with an offset in [from, to). Transactions
     * leave offsets without a record.
     *
     * @throws KafkaUnavailableException if Kafka does not answer in time
     */
    @Override
    public boolean hasRecords(int partition, long from, long to) {
        return hasRecords(partition, from, to, TIMEOUT);
    }

    /** Does the same with a time limit. */
    public synchronized boolean hasRecords(int partition, long from, long to, Duration limit) {
        TopicPartition topicPartition = new TopicPartition(settings.topic(), partition);
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            KafkaConsumer<byte[], byte[]> reader = consumer();
            reader.assign(List.of(topicPartition));
            reader.seek(topicPartition, from);
            while (reader.position(topicPartition) < to) {
                if (System.nanoTime() > deadline) {
                    throw unreachable(new TimeoutException(
                            "no record of partition " + partition + " from offset " + from + " arrived in " + limit));
                }
                for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL_TIMEOUT)) {
                    return record.offset() < to;
                }
            }
            return false;
        } catch (OffsetOutOfRangeException expired) {
            return true;
        } catch (InterruptException e) {
            throw new KafkaUnavailableException("interrupted while waiting for Kafka", e);
        } catch (KafkaException e) {
            throw unreachable(e);
        }
    }

    /** Returns the consumer, which fetches one record per poll; creates it at first use. */
    private KafkaConsumer<byte[], byte[]> consumer() {
        KafkaConsumer<byte[], byte[]> known = consumer;
        if (known == null) {
            known = new KafkaConsumer<>(Map.of(
                    ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                    settings.bootstrapServers(),
                    ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                    settings.isolationLevel(),
                    ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                    ByteArrayDeserializer.class,
                    ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                    ByteArrayDeserializer.class,
                    ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                    1,
                    ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                    "none"));
            consumer = known;
        }
        return known;
    }

    @Override
    public synchronized void close() {
        if (consumer != null) {
            consumer.close(CLOSE_TIMEOUT);
        }
        admin.close(CLOSE_TIMEOUT);
    }

    private TopicDescription describe() {
        return Objects.requireNonNull(
                get(admin.describeTopics(List.of(settings.topic())).allTopicNames())
                        .get(settings.topic()));
    }

    /**
     * Repeats a request about an existing topic until the broker knows the topic. Each broker learns of a new topic on
     * its own, some time after the controller has created it.
     *
     * @throws KafkaUnavailableException if the topic stays unknown
     */
    private <T> T awaitKnown(CheckedSupplier<T> request) {
        try {
            return Failsafe.with(unknownTopicRetry).get(request);
        } catch (UnknownTopicOrPartitionException e) {
            throw new KafkaUnavailableException(
                    "the topic " + settings.topic() + " exists, or was created, but Kafka at "
                            + settings.bootstrapServers() + " does not know it after "
                            + unknownTopicRetry.getConfig().getMaxDuration().toSeconds()
                            + " s: check that the brokers keep up and that nobody deletes the topic, then start again",
                    e);
        } catch (FailsafeException e) {
            Thread.currentThread().interrupt();
            throw new KafkaUnavailableException("interrupted while waiting for Kafka", e);
        }
    }

    private void create() {
        NewTopic topic = new NewTopic(settings.topic(), settings.partitions(), (short) settings.replicationFactor())
                .configs(TopicConfiguration.created(settings).asMap());
        try {
            get(admin.createTopics(List.of(topic)).all());
            LOG.info("created the topic {} with {} partitions", settings.topic(), settings.partitions());
        } catch (TopicExistsException e) {
            LOG.info("another process created the topic {}", settings.topic());
        }
    }

    private Set<Integer> partitions() {
        return describe().partitions().stream()
                .map(TopicPartitionInfo::partition)
                .collect(Collectors.toSet());
    }

    private Map<TopicPartition, ListOffsetsResultInfo> offsets(
            Set<Integer> partitions, OffsetSpec spec, ListOffsetsOptions options) {
        Map<TopicPartition, OffsetSpec> request = new HashMap<>();
        partitions.forEach(partition -> request.put(new TopicPartition(settings.topic(), partition), spec));
        return get(admin.listOffsets(request, options).all());
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

    private KafkaUnavailableException unreachable(Throwable cause) {
        return unreachable(settings, cause);
    }

    private static KafkaUnavailableException unreachable(KafkaSettings settings, Throwable cause) {
        return new KafkaUnavailableException(
                "Kafka does not answer at " + settings.bootstrapServers() + " (" + cause.getMessage()
                        + "): start it, or set weir.kafka.bootstrap-servers",
                cause);
    }
}
