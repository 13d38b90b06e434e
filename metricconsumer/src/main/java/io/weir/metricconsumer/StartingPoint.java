package io.weir.metricconsumer;

import io.weir.core.fold.Ledger;
import io.weir.metricconsumer.KafkaLog.Borders;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides where a query begins to read. The ledger outranks the checkpoint: one that is behind is left as it is, since
 * the overlap is skipped; one that is ahead is set aside. A log that has lost what the ledger needs stops the start.
 */
final class StartingPoint {

    private static final Logger LOG = LoggerFactory.getLogger(StartingPoint.class);

    /** Spark's number for the earliest offset of a partition. */
    private static final long EARLIEST = -2;

    private final String topic;
    private final Map<Integer, Ledger> ledgers;
    private final KafkaLog log;

    /**
     * @param ledgers by partition; {@link Ledger#EMPTY} where there is none yet
     */
    StartingPoint(String topic, Map<Integer, Ledger> ledgers, KafkaLog log) {
        this.topic = topic;
        this.ledgers = ledgers;
        this.log = log;
    }

    /** Checks log and checkpoint against the ledger; returns Spark's option {@code startingOffsets}. */
    String decide(Checkpoint checkpoint, Clock clock) {
        log.borders(ledgers.keySet()).forEach(this::requireUnbroken);
        if (checkpoint.exists()) {
            Optional<String> fault = faultOf(checkpoint);
            if (fault.isPresent()) {
                LOG.warn(
                        "{}: the checkpoint is set aside as {}, and reading resumes from the ledger",
                        fault.get(),
                        checkpoint.setAside(clock.instant()));
            }
        }
        return startingOffsets();
    }

    private void requireUnbroken(int partition, Borders borders) {
        long next = ledgerOf(partition).throughOffset() + 1;
        if (borders.end() < next) {
            throw new StartRefusedException("the log of " + topic + " partition " + partition + " ends at offset "
                    + borders.end() + ", but the ledger accounts for records below " + next
                    + ": the log was restored from an older state or written anew. Restore the log, or start over "
                    + "with another topic or another keyspace (weir.kafka.topic, weir.cassandra.keyspace)");
        }
        if (next > 0 && borders.earliest() > next) {
            throw new StartRefusedException("the log of " + topic + " partition " + partition + " begins at offset "
                    + borders.earliest() + ", but the ledger needs it from " + next + ": the records in between have "
                    + "expired or were deleted before they were applied. Restore them, or start over with another "
                    + "topic or another keyspace (weir.kafka.topic, weir.cassandra.keyspace)");
        }
    }

    /** Returns what keeps the checkpoint from being used, if anything does. */
    private Optional<String> faultOf(Checkpoint checkpoint) {
        Optional<Map<String, Map<Integer, Long>>> committed = checkpoint.committedOffsets();
        if (committed.isEmpty()) {
            return Optional.of("the checkpoint " + checkpoint.location() + " holds no committed batch");
        }
        for (Map.Entry<Integer, Long> entry :
                committed.get().getOrDefault(topic, Map.of()).entrySet()) {
            int partition = entry.getKey();
            long next = ledgerOf(partition).throughOffset() + 1;
            if (entry.getValue() > next && log.hasRecords(partition, next, entry.getValue())) {
                return Optional.of("the checkpoint " + checkpoint.location() + " is at offset " + entry.getValue()
                        + " of " + topic + " partition " + partition + ", ahead of the ledger, which is at " + next
                        + " (was Cassandra emptied or restored?)");
            }
        }
        return Optional.empty();
    }

    private String startingOffsets() {
        StringJoiner partitions = new StringJoiner(",", "{\"" + topic + "\":{", "}}");
        ledgers.forEach((partition, ledger) -> {
            long next = ledger.throughOffset() + 1;
            partitions.add("\"" + partition + "\":" + (next == 0 ? EARLIEST : next));
        });
        return partitions.toString();
    }

    private Ledger ledgerOf(int partition) {
        return ledgers.getOrDefault(partition, Ledger.EMPTY);
    }
}
