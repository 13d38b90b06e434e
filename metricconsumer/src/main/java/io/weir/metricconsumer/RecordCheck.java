package io.weir.metricconsumer;

import io.weir.core.fold.LogRecord;
import io.weir.storage.SourceId;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What must be sure about records between reading and applying them: that their topic is still the source's, that no other
 * pipeline has taken over the topic, and that they are not too old. Thread-safe.
 *
 * <p>Another pipeline replaces the run before it looks how far the log goes, and closes when its ledgers have come to there. So
 * records that were read before the run was confirmed are among those that it accounts for, and applying them, however late,
 * writes nothing that it has not written itself.
 */
final class RecordCheck {

    private final String topic;
    private final Supplier<BooleanSupplier> run;
    private final Consumer<SourceId> watch;
    private final RecordAge age;

    /**
     * @param run asks whether the run is open, and returns what waits for the answer
     * @param watch throws if the topic is not the source's any more
     */
    RecordCheck(String topic, Supplier<BooleanSupplier> run, Consumer<SourceId> watch, RecordAge age) {
        this.topic = topic;
        this.run = run;
        this.watch = watch;
        this.age = age;
    }

    /**
     * Requires that records which the caller has read may be applied.
     *
     * @throws StartRefusedException if they may not; nothing of them is to be applied then
     * @throws KafkaUnavailableException if Kafka does not say whether the topic is the same
     * @throws io.weir.core.fold.TablesException if Cassandra does not say whether the run is open
     */
    void require(SourceId source, List<LogRecord> records) {
        BooleanSupplier open = run.get(); // is under way while Kafka is asked
        watch.accept(source);
        if (!open.getAsBoolean()) {
            throw OwnRun.refusal(topic);
        }
        age.require(records);
    }

    /** Requires a record's timestamp to be the broker's, where records may be too old. */
    void requireTimedByBroker(boolean timedByBroker, long offset) {
        age.requireTimedByBroker(timedByBroker, offset);
    }
}
