package io.weir.metricconsumer;

import io.weir.core.fold.Ledger;
import io.weir.metricconsumer.KafkaLog.Borders;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides where a query begins to read: after its ledger, which outranks the checkpoint. One that is behind is deleted,
 * and so is one that is ahead of a ledger which had not followed when the query ended. One that is ahead after a clean
 * close, or of a log that is no more, is set aside. A log that has lost what the ledger needs stops the start.
 */
final class StartingPoint {

    private static final Logger LOG = LoggerFactory.getLogger(StartingPoint.class);

    private final TopicSources sources;
    private final Map<Integer, Long> ledgers;
    private final LogView log;
    private final Map<Integer, Borders> borders;

    /**
     * @param ledgers the last offset that the query has accounted for of each source, by partition
     * @param borders what the log holds, by partition
     */
    StartingPoint(TopicSources sources, Map<Integer, Long> ledgers, LogView log, Map<Integer, Borders> borders) {
        this.sources = sources;
        this.ledgers = ledgers;
        this.log = log;
        this.borders = borders;
    }

    /**
     * Checks log and checkpoint against the ledger; returns Spark's option {@code startingOffsets}.
     *
     * @param closed whether the query was closed when it ended last, so that its ledger accounts for all that it has
     *     applied
     */
    String decide(Checkpoint checkpoint, BrokenLog broken, Clock clock, boolean closed) {
        requireUnbroken(broken);
        if (checkpoint.exists()) {
            Map<Integer, Long> committed = checkpoint.committedOffsets(sources.topic());
            Optional<String> fault = faultOf(checkpoint, committed);
            Optional<String> ahead = fault.isPresent() ? Optional.empty() : aheadOfLedger(checkpoint, committed);
            if (ahead.isPresent() && closed) {
                fault = ahead.map(where -> where + " (was Cassandra emptied or restored?)");
            }
            if (fault.isPresent()) {
                LOG.warn(
                        "{}: the checkpoint is set aside as {}, and reading resumes from the ledger",
                        fault.get(),
                        checkpoint.setAside(clock.instant()));
            } else if (ahead.isPresent()) {
                LOG.info("{}: it is deleted, and reading resumes from the ledger", ahead.get());
                checkpoint.delete(clock.instant());
            } else if (isBehind(committed)) {
                LOG.info(
                        "the checkpoint {} is behind the ledger, or has no committed batch: it is deleted, and reading"
                                + " resumes from the ledger",
                        checkpoint.location());
                checkpoint.delete(clock.instant());
            }
        }
        return startingOffsets();
    }

    /** Whether the checkpoint says nothing, or following it would read records again only to skip them. */
    private boolean isBehind(Map<Integer, Long> committed) {
        return committed.isEmpty()
                || sources.byPartition().keySet().stream()
                        .anyMatch(partition -> committed.getOrDefault(partition, 0L) <= throughOffsetOf(partition));
    }

    private void requireUnbroken(BrokenLog broken) {
        List<String> faults = new ArrayList<>();
        sources.byPartition()
                .forEach((partition, source) -> broken.faultOf(source, throughOffsetOf(partition), bordersOf(partition))
                        .ifPresent(faults::add));
        if (!faults.isEmpty()) {
            throw new StartRefusedException(String.join("; ", faults));
        }
    }

    /** Returns what keeps the checkpoint from being used, if anything does. */
    private Optional<String> faultOf(Checkpoint checkpoint, Map<Integer, Long> committed) {
        for (Map.Entry<Integer, Long> entry : committed.entrySet()) {
            int partition = entry.getKey();
            long offset = entry.getValue();
            Borders held = bordersOf(partition);
            if (offset < held.earliest() || offset > held.end()) {
                return Optional.of(place(checkpoint, partition, offset) + ", but the log holds offsets from "
                        + held.earliest() + " to below " + held.end());
            }
        }
        return faultOfPlan(checkpoint);
    }

    private Optional<String> aheadOfLedger(Checkpoint checkpoint, Map<Integer, Long> committed) {
        for (Map.Entry<Integer, Long> entry : committed.entrySet()) {
            int partition = entry.getKey();
            long offset = entry.getValue();
            long next = throughOffsetOf(partition) + 1;
            if (offset > next && log.hasRecords(partition, next, offset)) {
                return Optional.of(place(checkpoint, partition, offset) + ", ahead of the ledger, which is at " + next);
            }
        }
        return Optional.empty();
    }

    private String place(Checkpoint checkpoint, int partition, long offset) {
        return "the checkpoint " + checkpoint.location() + " is at offset " + offset + " of " + sources.topic()
                + " partition " + partition;
    }

    /** A batch that was begun is read again to the offsets that were planned for it, whatever the log holds now. */
    private Optional<String> faultOfPlan(Checkpoint checkpoint) {
        return checkpoint.plannedOffsets(sources.topic()).entrySet().stream()
                .filter(planned ->
                        planned.getValue() > bordersOf(planned.getKey()).end())
                .map(planned -> "the checkpoint " + checkpoint.location() + " has a batch to offset "
                        + planned.getValue() + " of " + sources.topic() + " partition " + planned.getKey()
                        + ", where the log has none")
                .findFirst();
    }

    private String startingOffsets() {
        StringJoiner partitions = new StringJoiner(",", "{\"" + sources.topic() + "\":{", "}}");
        borders.keySet()
                .forEach(partition -> partitions.add("\"" + partition + "\":" + (throughOffsetOf(partition) + 1)));
        return partitions.toString();
    }

    private long throughOffsetOf(int partition) {
        return ledgers.getOrDefault(partition, Ledger.NOTHING);
    }

    /** What the log holds of a partition: nothing of one that it does not have. */
    private Borders bordersOf(int partition) {
        return borders.getOrDefault(partition, new Borders(0, 0));
    }
}
