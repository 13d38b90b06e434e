package io.weir.metricconsumer.driver;

import io.weir.core.fold.port.Ledger;
import io.weir.metricconsumer.failure.StartRefusedException;
import io.weir.metricconsumer.topic.LogView;
import io.weir.metricconsumer.topic.TopicAdmin.Borders;
import io.weir.metricconsumer.topic.TopicSources;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides where a query starts to read: after its ledger, which outranks the checkpoint. A checkpoint behind the ledger
 * is deleted, and so is one ahead of the ledger if the last run was not closed. A checkpoint ahead of the ledger after
 * a clean close, or beyond the log, is set aside. If the log has lost records that the ledger needs, the start is
 * refused.
 */
final class StartingPoint {

    private static final Logger LOG = LoggerFactory.getLogger(StartingPoint.class);

    private final TopicSources sources;
    private final Map<Integer, Long> ledgers;
    private final LogView log;
    private final Map<Integer, Borders> borders;

    /**
     * @param ledgers the last offset that the query's ledger accounts for, by partition
     * @param borders the offsets that the log holds, by partition
     */
    StartingPoint(TopicSources sources, Map<Integer, Long> ledgers, LogView log, Map<Integer, Borders> borders) {
        this.sources = sources;
        this.ledgers = ledgers;
        this.log = log;
        this.borders = borders;
    }

    /**
     * Checks log and checkpoint against the ledger; returns the value of Spark's option {@code startingOffsets}.
     *
     * @param closed whether the last run was closed, so that its ledger accounts for everything that it applied
     * @throws StartRefusedException if the log has lost records that the ledger needs
     */
    String resolve(Checkpoint checkpoint, BrokenLog broken, Clock clock, boolean closed) {
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
                LOG.info("{}: the checkpoint is deleted, and reading resumes from the ledger", ahead.get());
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

    /**
     * Returns whether the checkpoint is useless: it has no committed batch, or it would replay records only to skip
     * them.
     */
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

    /** Returns why the checkpoint does not fit the log; empty if it does. */
    private Optional<String> faultOf(Checkpoint checkpoint, Map<Integer, Long> committed) {
        for (Map.Entry<Integer, Long> entry : committed.entrySet()) {
            int partition = entry.getKey();
            long offset = entry.getValue();
            Borders held = bordersOf(partition);
            if (offset < held.earliest() || offset > held.end()) {
                return Optional.of(describe(checkpoint, partition, offset) + ", but the log holds offsets from "
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
                return Optional.of(
                        describe(checkpoint, partition, offset) + ", ahead of the ledger, which is at " + next);
            }
        }
        return Optional.empty();
    }

    private String describe(Checkpoint checkpoint, int partition, long offset) {
        return "the checkpoint " + checkpoint.location() + " is at offset " + offset + " of " + sources.topic()
                + " partition " + partition;
    }

    /**
     * Returns a fault if a batch was planned beyond the log's end: Spark repeats a batch with its planned offsets,
     * whatever the log holds now.
     */
    private Optional<String> faultOfPlan(Checkpoint checkpoint) {
        return checkpoint.plannedOffsets(sources.topic()).entrySet().stream()
                .filter(planned ->
                        planned.getValue() > bordersOf(planned.getKey()).end())
                .map(planned -> "the checkpoint " + checkpoint.location() + " has planned a batch to offset "
                        + planned.getValue() + " of " + sources.topic() + " partition " + planned.getKey()
                        + ", which is beyond the end of the log")
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

    /** Returns the offsets that the log holds of a partition; an empty range if the partition does not exist. */
    private Borders bordersOf(int partition) {
        return borders.getOrDefault(partition, new Borders(0, 0));
    }
}
