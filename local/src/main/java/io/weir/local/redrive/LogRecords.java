package io.weir.local.redrive;

import io.weir.core.text.FailureText;
import io.weir.query.log.LogUnreachableException;
import io.weir.storage.ledger.SourceLedger;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Fetches single records of the log by position, and caches the last one. Not thread-safe. */
final class LogRecords implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;

    /** Cached, because the elements of one record are requested one after the other. */
    private @Nullable ConsumerRecord<byte[], byte[]> last;

    private LogRecords(KafkaConsumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    static LogRecords connect(String bootstrap) {
        Map<String, Object> config = new HashMap<>();
        config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none"); // expired offsets must not be replaced by others
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(LIMIT.toMillis()));
        return new LogRecords(new KafkaConsumer<>(config));
    }

    /**
     * Returns a record; empty if the log no longer holds it.
     *
     * @param source a source whose topic still has the same id
     * @throws LogUnreachableException if Kafka does not return it in time
     */
    Optional<ConsumerRecord<byte[], byte[]>> record(SourceLedger source, long offset) {
        TopicPartition partition = new TopicPartition(source.topic(), source.partition());
        ConsumerRecord<byte[], byte[]> kept = last;
        if (kept != null
                && kept.offset() == offset
                && kept.partition() == partition.partition()
                && kept.topic().equals(partition.topic())) {
            return Optional.of(kept);
        }
        try {
            Optional<ConsumerRecord<byte[], byte[]>> found = fetch(partition, offset);
            last = found.orElse(null);
            return found;
        } catch (OffsetOutOfRangeException e) {
            return Optional.empty();
        } catch (KafkaException e) {
            throw new LogUnreachableException(
                    "Kafka did not return the record at offset " + offset + " of " + partition + ": "
                            + FailureText.of(e),
                    e);
        }
    }

    private Optional<ConsumerRecord<byte[], byte[]>> fetch(TopicPartition partition, long offset) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        consumer.assign(List.of(partition));
        consumer.seek(partition, offset);
        while (consumer.position(partition) <= offset) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                return record.offset() == offset ? Optional.of(record) : Optional.empty();
            }
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("no answer within " + LIMIT.toSeconds() + " s");
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
