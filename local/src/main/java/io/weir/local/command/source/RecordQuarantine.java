package io.weir.local.command.source;

import io.weir.core.fold.port.Arrival;
import io.weir.core.fold.port.LogRecord;
import io.weir.core.reading.JsonReadingDecoder;
import io.weir.core.reading.Reading;
import io.weir.core.reading.ReadingDecoder;
import io.weir.core.reading.ReadingKey;
import io.weir.local.command.terminal.CommandException;
import io.weir.query.log.LogReader;
import io.weir.storage.RecordRows;
import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.raw.ArrivalReader;
import io.weir.storage.rejected.QuarantinedRecords;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Quarantines one record that makes the pipeline fail at every attempt, and removes the rows that the attempts have
 * left. No reading of the record may be in {@code raw_by_device}: a later reading may have been decided by it.
 */
final class RecordQuarantine {

    private static final ReadingDecoder DECODER = new JsonReadingDecoder();

    private final SourceLedger source;
    private final long offset;
    private final QuarantinedRecords quarantined;
    private final RecordRows rows;
    private final LogRecord record;
    private final List<Reading> readings;

    /**
     * @throws CommandException if the record cannot be quarantined
     * @throws io.weir.query.log.LogUnreachableException if Kafka does not answer
     * @throws io.weir.core.fold.port.TablesException if Cassandra is unavailable
     */
    RecordQuarantine(
            SourceLedger source,
            long offset,
            LogReader log,
            ArrivalReader arrivals,
            QuarantinedRecords quarantined,
            RecordRows rows) {
        this.source = source;
        this.offset = offset;
        this.quarantined = quarantined;
        this.rows = rows;
        requireBeyondLedger();
        this.record = find(log);
        this.readings = DECODER.readings(record.value());
        requireNothingStored(arrivals);
        requireRoom();
    }

    /** Returns the plan as text for the user. */
    String proposal() {
        return "The record at " + name() + " will be skipped from the next start of the pipeline on. It counts as one"
                + " rejected reading with the reason quarantined, and stays in the log.";
    }

    /**
     * Records the decision, then removes the rows of the record. In this order, because a record whose rows were
     * removed must not be applied: its rows would stay invisible. If the removal fails, repeat the command.
     */
    void carryOut(String by, @Nullable String reason) {
        quarantined.add(source.id(), offset, Instant.now().truncatedTo(ChronoUnit.MILLIS), by, reason);
        rows.remove(record, readings);
    }

    private void requireBeyondLedger() {
        if (offset <= source.ledger().throughOffset()) {
            throw new CommandException(
                    "The record at " + name() + " was already processed: the ledger accounts for all records through"
                            + " offset "
                            + source.ledger().throughOffset() + ". Nothing was changed.");
        }
    }

    private LogRecord find(LogReader log) {
        List<LogRecord> found = new ArrayList<>();
        if (log.bounds(source)
                .filter(held -> held.begin() <= offset && offset < held.end())
                .isPresent()) {
            log.read(source, offset, offset, found::addAll);
        }
        if (found.isEmpty()) {
            throw new CommandException("The log holds no record at " + name() + ". Nothing was changed.");
        }
        return found.get(0);
    }

    private void requireNothingStored(ArrivalReader arrivals) {
        List<ReadingKey> keys = readings.stream().map(Reading::key).toList();
        Map<ReadingKey, Arrival> stored = keys.isEmpty() ? Map.of() : arrivals.find(source.source(), keys);
        if (stored.values().stream().anyMatch(arrival -> arrival.offset() == offset)) {
            throw new CommandException(
                    "Readings of the record at " + name() + " are stored, so this is not the record that makes the"
                            + " pipeline fail. Nothing was changed. See the pipeline's log for the error and its"
                            + " offset.");
        }
    }

    private void requireRoom() {
        Set<Long> before = quarantined.offsetsOf(source.id());
        if (before.size() >= QuarantinedRecords.MAX) {
            throw new CommandException(
                    before.size() + " records of " + source.topic() + " partition " + source.partition()
                            + " are already skipped, which is the limit. Nothing was changed. Find the producer of"
                            + " these records.");
        }
    }

    private String name() {
        return "offset " + offset + " of " + source.topic() + " partition " + source.partition();
    }
}
