package io.weir.metricconsumer.kafka;

import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Bounds the bytes of the records that one poll of a consumer brings. Kafka's client bounds a fetch as it was sent, and
 * records of a compressed fetch can take a thousand times as many bytes.
 *
 * <p>When a deserializer throws, the client returns the records before, and gives the same record to the deserializer again
 * with the next poll: {@link BoundedBytes} spends, and {@link TimestampBounds} begins anew once a poll has brought records.
 * A consumer is used by one thread at a time, and polls on the thread that it returns the records to: not thread-safe.
 */
final class PollBudget {

    /** As many bytes of a poll's records, unless the first alone has more. */
    static final int BYTES = 16 << 20;

    private static final ThreadLocal<PollBudget> OF_THREAD = ThreadLocal.withInitial(PollBudget::new);

    private long spent;

    /** Bytes of the key of the record that is being read. */
    private long key;

    static PollBudget ofThread() {
        return OF_THREAD.get();
    }

    void begin() {
        spent = 0;
        key = 0;
    }

    /**
     * Takes the bytes of a record's key and headers.
     *
     * @throws SerializationException if there is no room for them in this poll
     */
    void spendOnKey(int bytes, Headers headers) {
        spent += key; // of a record without a value
        key = 0;
        key = required((long) bytes + bytes(headers));
    }

    /**
     * Takes the bytes of a record's value.
     *
     * @throws SerializationException if there is no room for them in this poll
     */
    void spendOnValue(int bytes) {
        long record = required(key + bytes);
        key = 0;
        spent += record;
    }

    private long required(long bytes) {
        if (spent > 0 && spent + bytes > BYTES) {
            key = 0; // comes again with the record
            throw new SerializationException(
                    "this poll has brought " + spent + " bytes: the record comes with the next");
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
