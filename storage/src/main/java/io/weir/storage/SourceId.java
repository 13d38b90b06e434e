package io.weir.storage;

import io.weir.core.fold.Ledger;
import java.io.Serializable;
import java.util.Map;

/**
 * One incarnation of a topic partition, and the number that its rows carry.
 *
 * @param number given once by the {@link SourceRegistry}, from 1
 * @param topicId Kafka's id of the topic: one that was deleted and created again has another
 * @param beginsAt the first offset of the log that is this source's; what is before it was an earlier source's, or is
 *     lost
 */
public record SourceId(int number, String topic, String topicId, int partition, long beginsAt) implements Serializable {

    /** A source that begins where its log does. */
    public SourceId(int number, String topic, String topicId, int partition) {
        this(number, topic, topicId, partition, 0);
    }

    /** Returns what names it among the sources of all stores: topic id, partition and number. */
    public String identity() {
        return topicId + "/" + partition + "/" + number;
    }

    /** Its ledger before its first record: accounts for nothing, and for no offset that is not its own. */
    Ledger emptyLedger() {
        return new Ledger(beginsAt - 1, 0, 0, 0, Map.of());
    }
}
