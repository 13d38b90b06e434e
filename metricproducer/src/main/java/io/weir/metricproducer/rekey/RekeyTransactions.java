package io.weir.metricproducer.rekey;

import io.weir.metricproducer.PublishException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Writes copies in transactions of bounded size and age. Each transaction also commits the source offsets at which the
 * next one begins. Not thread-safe.
 */
final class RekeyTransactions implements AutoCloseable {

    private static final long BYTES = 16L * 1024 * 1024;
    private static final Duration AGE = Duration.ofSeconds(1);

    private final RekeySettings settings;
    private final RekeyFaults faults;
    private final Producer<byte[], byte[]> producer;

    /** The first rejected record, set on the producer's thread. */
    private final AtomicReference<@Nullable PublishException> refused = new AtomicReference<>();

    private boolean open;
    private long openedAt;
    private long endedAt;
    private long openBytes;
    private RekeySummary openCounts = RekeySummary.NONE;
    private RekeySummary committed = RekeySummary.NONE;

    RekeyTransactions(RekeySettings settings, RekeyFaults faults) {
        this.settings = settings;
        this.faults = faults;
        this.producer = RekeyClients.producer(settings);
    }

    /** Fences another copy of the same topics, and returns once its last transaction has been committed or aborted. */
    void begin() {
        producer.initTransactions();
        endedAt = System.nanoTime();
    }

    /**
     * Writes the copies of a record. Blocks while too many bytes wait to be sent.
     *
     * @throws PublishException if Kafka has rejected this copy or an earlier one
     */
    void write(ConsumerRecord<byte[], byte[]> original) {
        open();
        Copies copies = Copies.of(original, settings.to(), settings.maxRecordBytes());
        for (ProducerRecord<byte[], byte[]> copy : copies.records()) {
            throwRefused();
            var unused = producer.send(copy, (metadata, error) -> {
                if (error != null) {
                    refused.compareAndSet(null, faults.explain(error, original));
                }
            });
            openBytes += copy.value() == null ? 0 : copy.value().length;
        }
        openCounts = openCounts.plus(copies);
    }

    /**
     * Returns whether the open transaction should be committed.
     *
     * @param idle whether there is nothing to write now
     */
    boolean isDue(boolean idle) {
        return open && (idle || openBytes >= BYTES || System.nanoTime() - openedAt >= AGE.toNanos());
    }

    /** Returns how long ago the last transaction ended. */
    Duration sinceLast() {
        return Duration.ofNanos(System.nanoTime() - endedAt);
    }

    /**
     * Commits the copies together with offsets.
     *
     * @throws PublishException if Kafka has rejected a copy
     * @throws KafkaException if the commit failed; it is then unknown whether the transaction is committed
     */
    void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        open();
        try {
            producer.sendOffsetsToTransaction(offsets, new ConsumerGroupMetadata(settings.id()));
            producer.commitTransaction();
        } catch (KafkaException e) {
            throwRefused(); // its message is more specific
            throw e;
        }
        open = false;
        endedAt = System.nanoTime();
        openBytes = 0;
        committed = committed.plus(openCounts);
        openCounts = RekeySummary.NONE;
    }

    /** Returns the counts of committed records. */
    RekeySummary committed() {
        return committed;
    }

    /** Aborts the open transaction, if there is one. */
    @Override
    public void close() {
        producer.close(settings.timeout());
    }

    private void open() {
        if (!open) {
            producer.beginTransaction();
            open = true;
            openedAt = System.nanoTime();
        }
    }

    private void throwRefused() {
        PublishException first = refused.get();
        if (first != null) {
            throw first;
        }
    }
}
