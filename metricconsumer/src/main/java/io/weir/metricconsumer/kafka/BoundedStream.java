package io.weir.metricconsumer.kafka;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.connector.read.streaming.Offset;
import org.apache.spark.sql.connector.read.streaming.PartitionOffset;
import org.apache.spark.sql.connector.read.streaming.ReadLimit;
import org.apache.spark.sql.connector.read.streaming.ReportsSourceMetrics;
import org.apache.spark.sql.connector.read.streaming.SupportsRealTimeMode;
import org.apache.spark.sql.connector.read.streaming.SupportsTriggerAvailableNow;
import org.apache.spark.sql.kafka010.KafkaBatchInputPartition;
import org.apache.spark.sql.kafka010.KafkaMicroBatchStream;

/**
 * Spark's stream of Kafka records, with {@link TimestampBounds} and {@link BoundedBytes} in the consumers of its tasks.
 */
final class BoundedStream
        implements MicroBatchStream, SupportsTriggerAvailableNow, SupportsRealTimeMode, ReportsSourceMetrics {

    private final KafkaMicroBatchStream kafka;

    BoundedStream(KafkaMicroBatchStream kafka) {
        this.kafka = kafka;
    }

    @Override
    public InputPartition[] planInputPartitions(Offset start, Offset end) {
        return bounded(kafka.planInputPartitions(start, end));
    }

    @Override
    public InputPartition[] planInputPartitions(Offset start) {
        return bounded(kafka.planInputPartitions(start));
    }

    private static InputPartition[] bounded(InputPartition[] partitions) {
        return Arrays.stream(partitions)
                .map(partition -> bounded((KafkaBatchInputPartition) partition))
                .toArray(InputPartition[]::new);
    }

    private static KafkaBatchInputPartition bounded(KafkaBatchInputPartition partition) {
        Map<String, Object> config = new HashMap<>(partition.executorKafkaParams());
        config.put(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, TimestampBounds.class.getName());
        config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, BoundedBytes.class.getName());
        config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, BoundedBytes.class.getName());
        return partition.copy(
                partition.offsetRange(),
                config,
                partition.pollTimeoutMs(),
                partition.failOnDataLoss(),
                partition.includeHeaders());
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
        return kafka.createReaderFactory();
    }

    @Override
    public Offset initialOffset() {
        return kafka.initialOffset();
    }

    @Override
    public Offset latestOffset() {
        return kafka.latestOffset();
    }

    @Override
    public Offset latestOffset(Offset start, ReadLimit limit) {
        return kafka.latestOffset(start, limit);
    }

    @Override
    public Offset reportLatestOffset() {
        return kafka.reportLatestOffset();
    }

    @Override
    public ReadLimit getDefaultReadLimit() {
        return kafka.getDefaultReadLimit();
    }

    @Override
    public Offset deserializeOffset(String json) {
        return kafka.deserializeOffset(json);
    }

    @Override
    public Offset mergeOffsets(PartitionOffset[] offsets) {
        return kafka.mergeOffsets(offsets);
    }

    @Override
    public void prepareForTriggerAvailableNow() {
        kafka.prepareForTriggerAvailableNow();
    }

    @Override
    public void prepareForRealTimeMode() {
        kafka.prepareForRealTimeMode();
    }

    @Override
    public Map<String, String> metrics(Optional<Offset> latestConsumedOffset) {
        return kafka.metrics(latestConsumedOffset);
    }

    @Override
    public void commit(Offset end) {
        kafka.commit(end);
    }

    @Override
    public void stop() {
        kafka.stop();
    }

    @Override
    public String toString() {
        return kafka.toString();
    }
}
