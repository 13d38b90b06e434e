package io.weir.metricconsumer;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.failsafe.function.CheckedSupplier;
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
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
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

/** The topic, as Kafka's admin sees it: created if absent, checked, its borders known. Thread-safe. */
final class KafkaLog implements LogView {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaLog.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    /** What the log holds of a partition: offsets from earliest to below end. */
    record Borders(long earliest, long end) {}

    private final KafkaSettings settings;
    private final Admin admin;
    private final RetryPolicy<Object> untilKnown;
    private @Nullable KafkaConsumer<byte[], byte[]> consumer;

    KafkaLog(KafkaSettings settings) {
        this(settings, connect(settings), TIMEOUT);
    }

    /**
     * @param admin is closed with the log
     * @param patience how long a topic that exists may be unknown to the broker that is asked
     */
    KafkaLog(KafkaSettings settings, Admin admin, Duration patience) {
        this.settings = settings;
        this.admin = admin;
        this.untilKnown = RetryPolicy.builder()
                .handle(UnknownTopicOrPartitionException.class)
                .withMaxRetries(-1)
                .withDelay(BETWEEN_LOOKS)
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

    /** Returns the topic; empty if it does not exist. */
    Optional<TopicDescription> find() {
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

    /** Returns the topic, after creating it if it does not exist. */
    TopicDescription findOrCreate() {
        Optional<TopicDescription> found = find();
        if (found.isPresent()) {
            return found.get();
        }
        create();
        return whenKnown(this::describe);
    }

    /** Returns how the topic, which exists, is kept. */
    TopicConfiguration configuration() {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, settings.topic());
        return whenKnown(() -> TopicConfiguration.of(Objects.requireNonNull(
                get(admin.describeConfigs(List.of(resource)).all()).get(resource))));
    }

    /** Returns what the log holds of each of the partitions of the topic, which exists. */
    Map<Integer, Borders> borders() {
        return whenKnown(this::readBorders);
    }

    private Map<Integer, Borders> readBorders() {
        Set<Integer> partitions = describe().partitions().stream()
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

    /**
     * Returns whether a partition has, or may have had before they expired, records with an offset in [from, to).
     * Transactions leave offsets without one.
     *
     * @throws KafkaUnavailableException if Kafka does not say
     */
    @Override
    public boolean hasRecords(int partition, long from, long to) {
        return hasRecords(partition, from, to, TIMEOUT);
    }

    /** Does the same within a time. */
    synchronized boolean hasRecords(int partition, long from, long to, Duration limit) {
        TopicPartition topicPartition = new TopicPartition(settings.topic(), partition);
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            KafkaConsumer<byte[], byte[]> reader = consumer();
            reader.assign(List.of(topicPartition));
            reader.seek(topicPartition, from);
            while (reader.position(topicPartition) < to) {
                if (System.nanoTime() > deadline) {
                    throw unreachable(new TimeoutException(
                            "nothing came of partition " + partition + " from offset " + from + " in " + limit));
                }
                for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
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

    /** Reads one record at a time of whatever partition is asked about. */
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
            consumer.close(CLOSING);
        }
        admin.close(CLOSING);
    }

    private TopicDescription describe() {
        return Objects.requireNonNull(
                get(admin.describeTopics(List.of(settings.topic())).allTopicNames())
                        .get(settings.topic()));
    }

    /**
     * Asks about a topic that exists until the broker knows it. Brokers learn of a new topic some time after the controller
     * has created it, and each of them on its own.
     *
     * @throws KafkaUnavailableException if the topic stays unknown
     */
    private <T> T whenKnown(CheckedSupplier<T> question) {
        try {
            return Failsafe.with(untilKnown).get(question);
        } catch (UnknownTopicOrPartitionException e) {
            throw new KafkaUnavailableException(
                    "the topic " + settings.topic() + " exists, or was created, and Kafka at "
                            + settings.bootstrapServers() + " does not know it after "
                            + untilKnown.getConfig().getMaxDuration().toSeconds()
                            + " s: check that its brokers keep up, and that nobody deletes the topic; then start again",
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
