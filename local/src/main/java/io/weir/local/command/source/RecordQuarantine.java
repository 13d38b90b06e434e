package io.weir.local.command.source;

import io.weir.core.fold.port.Arrival;
import io.weir.core.fold.port.LogRecord;
import io.weir.core.reading.JsonReadingDecoder;
import io.weir.core.reading.Reading;
import io.weir.core.reading.ReadingDecoder;
import io.weir.core.reading.ReadingKey;
import io.weir.local.command.terminal.CommandException;
import io.weir.query.log.LogReader;
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
 * Quarantines one record that makes the pipeline fail at every attempt. Nothing of the record may be stored: no ledger
 * would account for such rows.
 */
final class RecordQuarantine {

    private static final ReadingDecoder DECODER = new JsonReadingDecoder();

    private final SourceLedger source;
    private final long offset;
    private final QuarantinedRecords quarantined;

    /**
     * @throws CommandException if the record cannot be quarantined
     * @throws io.weir.query.log.LogUnreachableException if Kafka does not answer
     * @throws io.weir.core.fold.port.TablesException if Cassandra is unavailable
     */
    RecordQuarantine(
            SourceLedger source, long offset, LogReader log, ArrivalReader arrivals, QuarantinedRecords quarantined) {
        this.source = source;
        this.offset = offset;
        this.quarantined = quarantined;
        requireBeyondLedger();
        requireNothingStored(log, arrivals);
        requireRoom();
    }

    /** Returns the plan as text for the user. */
    String proposal() {
        return "The record at " + name() + " will be skipped from the next start of the pipeline on. It counts as one"
                + " rejected reading with the reason quarantined, and stays in the log.";
    }

    /** Records the decision. */
    void carryOut(String by, @Nullable String reason) {
        quarantined.add(source.id(), offset, Instant.now().truncatedTo(ChronoUnit.MILLIS), by, reason);
    }

    private void requireBeyondLedger() {
        if (offset <= source.ledger().throughOffset()) {
            throw new CommandException(
                    "The record at " + name() + " was already processed: the ledger accounts for all records through"
                            + " offset "
                            + source.ledger().throughOffset() + ". Nothing was changed.");
        }
    }

    private void requireNothingStored(LogReader log, ArrivalReader arrivals) {
        List<LogRecord> found = new ArrayList<>();
        if (log.bounds(source)
                .filter(held -> held.begin() <= offset && offset < held.end())
                .isPresent()) {
            log.read(source, offset, offset, found::addAll);
        }
        if (found.isEmpty()) {
            throw new CommandException("The log holds no record at " + name() + ". Nothing was changed.");
        }
        List<ReadingKey> keys = DECODER.readings(found.get(0).value()).stream()
                .map(Reading::key)
                .toList();
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
