package io.weir.query.log;

import io.weir.core.fold.port.LogRecord;
import io.weir.core.text.FailureText;
import io.weir.storage.ledger.SourceLedger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the logs of sources from Kafka without a consumer group, so that it leaves no state in Kafka. Holds one fetch
 * in memory: a megabyte, or one record if that is larger.
 */
public final class KafkaLogReader implements LogReader, AutoCloseable {

    private static final int MAX_POLL_RECORDS = 5_000;
    private static final Duration POLL = Duration.ofMillis(500);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaLogEnds presence;
    private final Duration patience;

    private KafkaLogReader(KafkaConsumer<byte[], byte[]> consumer, KafkaLogEnds presence, Duration patience) {
        this.consumer = consumer;
        this.presence = presence;
        this.patience = patience;
    }

    /**
     * Connects to Kafka.
     *
     * @param admin to check that a topic was not recreated; the caller closes it
     * @param isolationLevel that of the pipeline: {@code read_committed} or {@code read_uncommitted}
     */
    public static KafkaLogReader connect(String bootstrap, Admin admin, String isolationLevel) {
        Map<String, Object> config = new HashMap<>();
        config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolationLevel);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none"); // do not silently skip expired records
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_POLL_RECORDS);
        return new KafkaLogReader(new KafkaConsumer<>(config), new KafkaLogEnds(admin), KafkaResults.USUAL_LIMIT);
    }

    @Override
    public Optional<Bounds> bounds(SourceLedger source) {
        if (!isPresent(source)) {
            return Optional.empty();
        }
        TopicPartition partition = partition(source);
        try {
            long begin = begin(partition);
            long end = offset(consumer.endOffsets(List.of(partition), patience), partition);
            return Optional.of(new Bounds(begin, end));
        } catch (KafkaException e) {
            throw unreachable(partition, e);
        }
    }

    @Override
    public long read(SourceLedger source, long first, long last, Consumer<List<LogRecord>> taker) {
        TopicPartition partition = partition(source);
        long held = first;
        long moved = System.nanoTime();
        try {
            consumer.assign(List.of(partition));
            consumer.seek(partition, first);
            for (long next = first; next <= last; ) {
                try {
                    List<LogRecord> records = poll(partition, last);
                    if (!records.isEmpty()) {
                        requirePresent(source); // after the read: otherwise the records may belong to a recreated topic
                        taker.accept(records);
                    }
                } catch (OffsetOutOfRangeException e) {
                    held = begin(partition);
                    consumer.seek(partition, held);
                }
                long position = consumer.position(partition, patience);
                if (position > next) {
                    moved = System.nanoTime();
                } else if (System.nanoTime() - moved > patience.toNanos()) {
                    throw new LogUnreachableException(
                            "Kafka returned no record of " + partition + " from offset " + next + " on within "
                                    + patience.toSeconds() + " s, though the log extends to offset " + last,
                            null);
                }
                next = position;
            }
        } catch (KafkaException e) {
            throw unreachable(partition, e);
        }
        return held;
    }

    private List<LogRecord> poll(TopicPartition partition, long last) {
        List<LogRecord> records = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL).records(partition)) {
            if (record.offset() <= last) {
                records.add(new LogRecord(record.offset(), record.timestamp(), record.key(), record.value()));
            }
        }
        return records;
    }

    private void requirePresent(SourceLedger source) {
        if (!isPresent(source)) {
            throw new LogUnreachableException(
                    "the topic " + source.topic() + " was deleted or recreated while its log was read", null);
        }
    }

    private boolean isPresent(SourceLedger source) {
        return presence.of(List.of(source)).containsKey(source.source());
    }

    private long begin(TopicPartition partition) {
        return offset(consumer.beginningOffsets(List.of(partition), patience), partition);
    }

    private static long offset(Map<TopicPartition, Long> offsets, TopicPartition partition) {
        return Objects.requireNonNull(offsets.get(partition));
    }

    private static TopicPartition partition(SourceLedger source) {
        return new TopicPartition(source.topic(), source.partition());
    }

    private static LogUnreachableException unreachable(TopicPartition partition, KafkaException e) {
        return new LogUnreachableException("the log of " + partition + " could not be read: " + FailureText.of(e), e);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
