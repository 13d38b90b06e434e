package io.weir.metricconsumer.kafka;

import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Gives keys and values as they are, as long as the poll has room for them: see {@link PollBudget}. */
public final class BoundedBytes extends ByteArrayDeserializer {

    private boolean ofKeys;

    /** Called by Kafka's client. */
    public BoundedBytes() {}

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        ofKeys = isKey;
    }

    @Override
    public byte[] deserialize(String topic, Headers headers, byte[] data) {
        PollBudget budget = PollBudget.ofThread();
        if (ofKeys) {
            budget.spendOnKey(data.length, headers);
        } else {
            budget.spendOnValue(data.length);
        }
        return data;
    }
}
