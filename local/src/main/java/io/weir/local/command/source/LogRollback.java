package io.weir.local.command.source;

import io.weir.core.fold.engine.SourceRollback;
import io.weir.core.fold.port.LogRecord;
import io.weir.core.fold.port.TablesException;
import io.weir.core.text.FailureText;
import io.weir.query.log.LogUnreachableException;
import io.weir.storage.source.SourceId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Rolls a source back to its ledger before it ends: reads the records that the next source applies, and removes their
 * rows that a killed run has stored for the ending source.
 */
final class LogRollback {

    /** How long to wait for the next record from Kafka. */
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final Duration POLL = Duration.ofMillis(500);

    private final String bootstrap;
    private final Function<SourceId, SourceRollback> tables;

    LogRollback(String bootstrap, Function<SourceId, SourceRollback> tables) {
        this.bootstrap = bootstrap;
        this.tables = tables;
    }

    /**
     * Removes the rows of all records in [from, to). Idempotent.
     *
     * @return how many of their readings the source had stored
     * @throws io.weir.core.fold.engine.RollbackRefusedException if a rollup cannot be restored
     * @throws LogUnreachableException if Kafka does not return the records
     * @throws TablesException if Cassandra is unavailable
     */
    long run(SourceId source, long from, long to) {
        SourceRollback rollback = tables.apply(source);
        TopicPartition partition = new TopicPartition(source.topic(), source.partition());
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(configuration())) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, from);
            long removed = 0;
            long lastProgress = System.nanoTime();
            while (consumer.position(partition) < to) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                if (!records.isEmpty()) {
                    removed += rollback.remove(from, recordsOf(records.records(partition)));
                    lastProgress = System.nanoTime();
                } else if (System.nanoTime() - lastProgress > LIMIT.toNanos()) {
                    throw new TimeoutException("no record within " + LIMIT.toSeconds() + " s");
                }
            }
            return removed;
        } catch (KafkaException e) {
            throw new LogUnreachableException(
                    "Kafka did not return the records of " + partition + " from offset " + from + " on: "
                            + FailureText.of(e),
                    e);
        }
    }

    /** The records of one poll, whose bytes Kafka's client bounds. */
    private static List<LogRecord> recordsOf(List<ConsumerRecord<byte[], byte[]>> polled) {
        return polled.stream()
                .map(record -> new LogRecord(record.offset(), record.timestamp(), record.key(), record.value()))
                .toList();
    }

    private Map<String, Object> configuration() {
        Map<String, Object> configuration = new HashMap<>();
        configuration.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        configuration.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        configuration.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        configuration.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        // Includes records of aborted transactions: the killed run may have read them.
        configuration.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        return configuration;
    }
}
