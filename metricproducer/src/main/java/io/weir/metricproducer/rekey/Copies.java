package io.weir.metricproducer.rekey;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.metricproducer.DeviceSplit;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The copies of one record in a topic that is keyed by device.
 *
 * @param records at least one; the record's headers and timestamp are kept in each
 * @param unchanged whether the record names no device and is copied unchanged; the pipeline rejects it
 */
record Copies(List<ProducerRecord<byte[], byte[]>> records, boolean unchanged) {

    /**
     * Splits the record by device.
     *
     * @param topic the topic of the copies
     * @param maxRecordBytes larger values are not split, since the pipeline rejects them unread
     */
    static Copies of(ConsumerRecord<byte[], byte[]> record, String topic, int maxRecordBytes) {
        byte @Nullable [] value = record.value();
        if (value == null || value.length > maxRecordBytes) {
            return new Copies(List.of(copy(record, topic, null, value)), true);
        }
        List<DeviceSplit.Part> parts = DeviceSplit.of(value);
        return new Copies(
                parts.stream()
                        .map(part -> copy(record, topic, part.device(), part.value()))
                        .toList(),
                parts.get(0).device() == null);
    }

    private static ProducerRecord<byte[], byte[]> copy(
            ConsumerRecord<byte[], byte[]> record, String topic, @Nullable String device, byte @Nullable [] value) {
        byte[] key = device == null ? keyWithoutDevice(record) : device.getBytes(UTF_8);
        // Records of very old clients have the timestamp -1, which a producer cannot send. Both -1 and 0 are too early
        // for any reading.
        long timestamp = Math.max(0, record.timestamp());
        return new ProducerRecord<>(topic, null, timestamp, key, value, record.headers());
    }

    /**
     * Keeps the key; a record without a key gets one that depends only on its position, so that a repeated copy has the
     * same key.
     */
    private static byte[] keyWithoutDevice(ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] key = record.key();
        return key == null ? Integer.toString(record.partition()).getBytes(UTF_8) : key;
    }
}
