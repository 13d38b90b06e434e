package io.weir.metricconsumer.kafka;

import io.weir.core.fold.port.LogRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Bounds record timestamps as {@link LogRecord} does, before Spark reads them. Spark converts them to microseconds, and
 * fails the query if that overflows: one record with a timestamp in nanoseconds would stop its partition.
 */
public final class TimestampBounds implements ConsumerInterceptor<byte[], byte[]> {

    /** Called by Kafka's client. */
    public TimestampBounds() {}

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        PollBudget.ofThread().reset();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (LogRecord.bounded(record.timestamp()) != record.timestamp()) {
                return bounded(records);
            }
        }
        return records;
    }

    private static ConsumerRecords<byte[], byte[]> bounded(ConsumerRecords<byte[], byte[]> records) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> bounded = new HashMap<>();
        for (TopicPartition partition : records.partitions()) {
            bounded.put(
                    partition,
                    records.records(partition).stream()
                            .map(TimestampBounds::bounded)
                            .toList());
        }
        return new ConsumerRecords<>(bounded);
    }

    private static ConsumerRecord<byte[], byte[]> bounded(ConsumerRecord<byte[], byte[]> record) {
        return new ConsumerRecord<>(
                record.topic(),
                record.partition(),
                record.offset(),
                LogRecord.bounded(record.timestamp()),
                record.timestampType(),
                record.serializedKeySize(),
                record.serializedValueSize(),
                record.key(),
                record.value(),
                record.headers(),
                record.leaderEpoch());
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void configure(Map<String, ?> configs) {}

    @Override
    public void close() {}
}
