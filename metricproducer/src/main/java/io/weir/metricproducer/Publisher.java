package io.weir.metricproducer;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Publishes records to a Kafka topic, each once and in order for each device (idempotent producer, acks=all), in
 * bounded memory. After the first record that cannot be delivered, it fails permanently.
 *
 * <pre>{@code
 * try (Publisher publisher = Publisher.connect(PublisherSettings.of("127.0.0.1:9092", "readings"))) {
 *     publisher.send(device, json);
 *     publisher.flush();
 * }
 * }</pre>
 */
public final class Publisher implements RecordSink, AutoCloseable {

    private static final int LINGER_MILLIS = 20;
    private static final int BATCH_BYTES = 128 * 1024;
    private static final int MEMORY_BYTES = 32 * 1024 * 1024;

    private final PublisherSettings settings;
    private final Producer<byte[], byte[]> producer;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();
    private final Map<Integer, OffsetSpan> acknowledgedOffsets = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable PublishException> failure = new AtomicReference<>();

    private Publisher(PublisherSettings settings, Producer<byte[], byte[]> producer) {
        this.settings = settings;
        this.producer = producer;
    }

    /**
     * Connects, after checking that a broker answers and the topic exists.
     *
     * @throws PublishException if the check fails or exceeds the settings' timeout
     */
    public static Publisher connect(PublisherSettings settings) {
        TopicCheck.check(settings);
        return new Publisher(
                settings,
                new KafkaProducer<>(configuration(settings), new ByteArraySerializer(), new ByteArraySerializer()));
    }

    private static Map<String, Object> configuration(PublisherSettings settings) {
        int timeout = Math.toIntExact(settings.timeout().toMillis());
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        config.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, MEMORY_BYTES);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeout);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 2 * timeout + LINGER_MILLIS);
        config.putAll(settings.properties());
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        return config;
    }

    @Override
    public void send(byte[] key, byte[] value) {
        send(new ProducerRecord<>(settings.topic(), key, value));
    }

    /**
     * Sends a record to a given partition, independent of its key; otherwise as {@link #send}.
     *
     * @param partition less than {@link #partitions}
     */
    public void sendTo(int partition, byte @Nullable [] key, byte[] value) {
        send(new ProducerRecord<>(settings.topic(), partition, key, value));
    }

    /**
     * Sends a record to a given partition, and returns its offset once the brokers have acknowledged it.
     *
     * @param partition less than {@link #partitions}
     * @return the record's offset, or a {@link PublishException}
     */
    public CompletableFuture<Long> append(int partition, byte[] key, byte[] value) {
        CompletableFuture<Long> offset = new CompletableFuture<>();
        send(new ProducerRecord<>(settings.topic(), partition, key, value), offset);
        return offset;
    }

    /** Returns the number of partitions of the topic. */
    public int partitions() {
        try {
            return producer.partitionsFor(settings.topic()).size();
        } catch (KafkaException e) {
            throw explain(e);
        }
    }

    @Override
    public void flush() {
        producer.flush();
        throwFailure();
    }

    /** Returns the number of records accepted so far. */
    public long sent() {
        return sent.get();
    }

    /** Returns the number of records that the brokers have acknowledged so far. */
    public long acknowledged() {
        return acknowledged.get();
    }

    /** Returns the offsets of the acknowledged records, by partition. */
    public Map<Integer, OffsetSpan> acknowledgedOffsets() {
        return Map.copyOf(acknowledgedOffsets);
    }

    /** Delivers the records in flight, unless delivery has already failed. */
    @Override
    public void close() {
        producer.close(failure.get() == null ? settings.timeout() : Duration.ZERO);
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        send(record, new CompletableFuture<>());
    }

    private void send(ProducerRecord<byte[], byte[]> record, CompletableFuture<Long> offset) {
        throwFailure();
        try {
            var unused = producer.send(record, (metadata, error) -> {
                if (error == null) {
                    acknowledged.incrementAndGet();
                    acknowledgedOffsets.merge(metadata.partition(), OffsetSpan.of(metadata.offset()), OffsetSpan::with);
                    offset.complete(metadata.offset());
                } else {
                    failed(error, offset);
                }
            });
        } catch (KafkaException e) {
            failed(e, offset);
        }
        sent.incrementAndGet();
    }

    private void failed(Exception error, CompletableFuture<Long> offset) {
        PublishException explained = explain(error);
        failure.compareAndSet(null, explained);
        offset.completeExceptionally(explained);
    }

    private void throwFailure() {
        PublishException first = failure.get();
        if (first != null) {
            throw first;
        }
    }

    private PublishException explain(Exception error) {
        String kafka = "Kafka at " + settings.bootstrapServers();
        if (error instanceof RecordTooLargeException) {
            return new PublishException(
                    "a record is larger than " + kafka + " accepts for topic \"" + settings.topic() + "\": "
                            + error.getMessage() + " Split it, or raise max.request.size here and max.message.bytes"
                            + " of the topic",
                    error);
        }
        if (error instanceof TimeoutException) {
            return new PublishException(
                    kafka + " stopped acknowledging records: " + error.getMessage()
                            + ". Check that it runs, then publish again: readings that arrive twice count as"
                            + " duplicates",
                    error);
        }
        return new PublishException(
                kafka + " rejects a record for topic \"" + settings.topic() + "\": " + error.getMessage(), error);
    }
}
