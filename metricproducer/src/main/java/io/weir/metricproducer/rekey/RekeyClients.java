package io.weir.metricproducer.rekey;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The Kafka clients of a copy, with bounded memory. The producer has the default partitioner: murmur2 of the key, as
 * all producers of a topic should have.
 */
final class RekeyClients {

    /** The maximum number of records in memory, besides those in the producer's buffer. */
    static final int POLL_RECORDS = 32;

    /** The producer's buffer in bytes, which also limits the size of a record. */
    static final int PRODUCER_BYTES = 32 * 1024 * 1024;

    /** Kafka aborts a transaction that takes longer. After a kill, readers of the target wait for this time. */
    static final Duration TRANSACTION_LIMIT = Duration.ofMinutes(1);

    private static final int FETCH_BYTES = 16 * 1024 * 1024;
    private static final int BATCH_BYTES = 128 * 1024;
    private static final int LINGER_MILLIS = 20;

    private RekeyClients() {}

    /** Opens the consumer of committed records; the caller closes it. */
    static Consumer<byte[], byte[]> consumer(RekeySettings settings) {
        Map<String, Object> config = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                settings.bootstrapServers(),
                ConsumerConfig.GROUP_ID_CONFIG,
                settings.id(),
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "none", // never skip expired records
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                FETCH_BYTES,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                POLL_RECORDS,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                Math.toIntExact(settings.timeout().toMillis()));
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Opens the transactional producer; the caller closes it. */
    static Producer<byte[], byte[]> producer(RekeySettings settings) {
        Map<String, Object> config = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                settings.bootstrapServers(),
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                settings.id(),
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                Math.toIntExact(TRANSACTION_LIMIT.toMillis()),
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.LINGER_MS_CONFIG,
                LINGER_MILLIS,
                ProducerConfig.BATCH_SIZE_CONFIG,
                BATCH_BYTES,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                (long) PRODUCER_BYTES,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                PRODUCER_BYTES);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
