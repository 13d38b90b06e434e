package io.weir.metricconsumer.kafka;

import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Deserializes keys and values unchanged, as long as the poll has room for them: see {@link PollBudget}. */
public final class BoundedBytes extends ByteArrayDeserializer {

    private boolean isForKeys;

    /** Called by Kafka's client. */
    public BoundedBytes() {}

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        isForKeys = isKey;
    }

    @Override
    public byte[] deserialize(String topic, Headers headers, byte[] data) {
        PollBudget budget = PollBudget.ofThread();
        if (isForKeys) {
            budget.spendOnKey(data.length, headers);
        } else {
            budget.spendOnValue(data.length);
        }
        return data;
    }
}
