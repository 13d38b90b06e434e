package io.weir.metricconsumer.kafka;

import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Bounds the bytes of the records that one poll of a consumer returns. Kafka's client bounds a fetch by its size as
 * sent, and the records of a compressed fetch can take a thousand times as many bytes.
 *
 * <p>When a deserializer throws, the client returns the records before that one, and deserializes it again in the next
 * poll. {@link BoundedBytes} spends the budget, and {@link TimestampBounds} resets it after each poll that returned
 * records. A consumer is used by one thread at a time, and polls on the thread that receives the records, so the budget
 * is kept by thread. Not thread-safe.
 */
final class PollBudget {

    /** The most bytes of a poll's records, unless the first record alone is larger. */
    static final int BYTES = 16 << 20;

    private static final ThreadLocal<PollBudget> OF_THREAD = ThreadLocal.withInitial(PollBudget::new);

    private long spent;

    /** The bytes of key and headers of the record that is being deserialized. */
    private long key;

    static PollBudget ofThread() {
        return OF_THREAD.get();
    }

    void reset() {
        spent = 0;
        key = 0;
    }

    /**
     * Spends the bytes of a record's key and headers.
     *
     * @throws SerializationException if this poll has no room for them
     */
    void spendOnKey(int bytes, Headers headers) {
        spent += key; // the previous record had no value
        key = 0;
        key = requireRoom((long) bytes + bytes(headers));
    }

    /**
     * Spends the bytes of a record's value.
     *
     * @throws SerializationException if this poll has no room for them
     */
    void spendOnValue(int bytes) {
        long record = requireRoom(key + bytes);
        key = 0;
        spent += record;
    }

    private long requireRoom(long bytes) {
        if (spent > 0 && spent + bytes > BYTES) {
            key = 0; // counted again with the retry of the record
            throw new SerializationException(
                    "this poll already has " + spent + " bytes: the next poll returns the record");
        }
        return bytes;
    }

    private static long bytes(Headers headers) {
        long bytes = 0;
        for (Header header : headers) {
            bytes += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return bytes;
    }
}
