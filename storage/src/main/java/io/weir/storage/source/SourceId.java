package io.weir.storage.source;

import io.weir.core.fold.port.Ledger;
import java.io.Serializable;
import java.util.Map;

/**
 * One incarnation of a topic partition, and the number in its rows.
 *
 * @param number assigned once by the {@link SourceRegistry}, from 1
 * @param topicId Kafka's id of the topic; a topic that is deleted and created again has a new one
 * @param beginsAt the first offset of the log that belongs to this source; earlier ones belong to an earlier source, or
 *     are lost
 */
public record SourceId(int number, String topic, String topicId, int partition, long beginsAt) implements Serializable {

    /** Creates a source that begins at the start of its log. */
    public SourceId(int number, String topic, String topicId, int partition) {
        this(number, topic, topicId, partition, 0);
    }

    /** Returns an identifier of the source that is unique among all stores: topic id, partition and number. */
    public String identity() {
        return topicId + "/" + partition + "/" + number;
    }

    /** Returns the ledger before the first record: without counts, ending before the source's first offset. */
    public Ledger emptyLedger() {
        return new Ledger(beginsAt - 1, 0, 0, 0, Map.of());
    }
}
