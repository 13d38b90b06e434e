package io.weir.metricconsumer.executor;

import io.weir.core.fold.port.LogRecord;
import io.weir.metricconsumer.failure.KafkaUnavailableException;
import io.weir.metricconsumer.failure.StartRefusedException;
import io.weir.metricconsumer.run.OwnRun;
import io.weir.metricconsumer.run.RecordAge;
import io.weir.storage.source.SourceId;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Checks records between reading and applying them: their topic must still be the source's, no other pipeline may have
 * taken over the topic, and they must not be too old. Thread-safe.
 *
 * <p>A pipeline that takes over first replaces the run and then reads the end of the log; it closes only when its
 * ledgers have reached that end. So if the run was still open after records were read, the other pipeline applies these
 * records as well. However late this process applies them, it writes the same rows.
 */
final class RecordCheck {

    private final String topic;
    private final Supplier<BooleanSupplier> run;
    private final Consumer<SourceId> watch;
    private final RecordAge age;

    /**
     * @param run requests whether the run is open; the returned supplier waits for the answer
     * @param watch throws if the topic is no longer the source's
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
     * @throws StartRefusedException if they may not; the caller must then apply none of them
     * @throws KafkaUnavailableException if Kafka does not say whether the topic is the same
     * @throws io.weir.core.fold.port.TablesException if Cassandra does not say whether the run is open
     */
    void requireApplicable(SourceId source, List<LogRecord> records) {
        BooleanSupplier open = run.get(); // in flight while Kafka is asked
        watch.accept(source);
        if (!open.getAsBoolean()) {
            throw OwnRun.refusal(topic);
        }
        age.requireRecent(records);
    }

    /** Requires the broker's timestamp on a record if the age of records is limited. */
    void requireBrokerTimestamp(boolean isBrokerTimestamp, long offset) {
        age.requireBrokerTimestamp(isBrokerTimestamp, offset);
    }
}
