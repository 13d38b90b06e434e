package io.weir.core.fold;

import io.weir.core.reading.Decoded;
import io.weir.core.reading.Reading;
import io.weir.core.reading.ReadingDecoder;
import io.weir.core.reading.ReadingKey;
import io.weir.core.reading.RejectReason;
import io.weir.core.reading.Rejection;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.RollupKey;
import io.weir.core.rollup.Scope;
import io.weir.core.rollup.Window;
import io.weir.core.rollup.WindowCalendar;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The exact fold of one source: takes the records of its log in order and makes raw readings, rollups and ledger a pure
 * function of that log, however often records are replayed and wherever an earlier run stopped.
 *
 * <pre>{@code
 * fold.open();              // once per run, and again after any failure
 * fold.apply(records);      // any number of times, in offset order, from any offset at or before the ledger's
 * fold.flush();             // now everything applied is durable, and so is the ledger that says so
 * }</pre>
 *
 * <p>Any exception leaves the fold closed: what was applied since the last flush counts as not applied. Not thread-safe:
 * one thread at a time.
 */
public final class SourceFold {

    private final SourceTables tables;
    private final RecordReader reader;
    private final WindowCalendar calendar;
    private final RowCache rows;
    private final Rebuild rebuild;
    private final PendingReadings pending;
    private final List<PendingWrite> otherWrites = new ArrayList<>();
    private final Set<CatalogEntry> catalogued = new HashSet<>();
    private final int maxCatalogued;

    private Ledger ledger = Ledger.EMPTY;
    private Tally tally = new Tally(Ledger.EMPTY);
    private long appliedThrough = Ledger.NOTHING;
    private boolean open;
    private boolean clean;

    public SourceFold(FoldSettings settings, ReadingDecoder decoder, SourceTables tables) {
        this.tables = tables;
        this.reader = new RecordReader(decoder, settings);
        this.calendar = new WindowCalendar(settings.zone());
        this.rows = new RowCache(tables::readRollups, settings.maxCachedRows());
        this.rebuild = new Rebuild(settings, tables::readReadings, rows);
        this.pending = new PendingReadings(settings.maxPendingReadings());
        this.maxCatalogued = settings.maxCachedRows();
    }

    /**
     * Begins, or begins again, after the stored ledger. What is in memory stays in use only if this fold wrote that
     * ledger itself and nothing has happened since.
     */
    public void open() {
        open = false;
        Ledger stored = tables.readLedger();
        Ledger found = stored == null ? Ledger.EMPTY : stored;
        if (!clean || found.throughOffset() != ledger.throughOffset()) {
            forget();
        }
        ledger = found;
        tally = new Tally(found);
        appliedThrough = found.throughOffset();
        open = true;
    }

    /** Whether records can be applied: false before the first opening and after any failure. */
    public boolean isOpen() {
        return open;
    }

    /** The last offset that the ledger accounts for; records at or below it are skipped. */
    public long throughOffset() {
        return ledger.throughOffset();
    }

    /**
     * Applies records in offset order. Their readings are being written when this returns; they count after
     * {@link #flush}.
     *
     * @throws TablesException if the tables cannot be reached
     * @throws IllegalArgumentException if the offsets do not rise
     */
    public void apply(List<LogRecord> records) {
        int next = 0;
        for (int i = 0; i < records.size(); i++) {
            RebuildCommand command = rebuild.commandOf(records.get(i));
            if (command != null) {
                fold(records.subList(next, i));
                next = carryOut(command, records.get(i)) ? i + 1 : i;
            }
        }
        fold(records.subList(next, records.size()));
    }

    /** Makes everything that was applied durable: readings, then rollups, then the ledger that closes the prefix. */
    public void flush() {
        begin();
        pending.awaitAll();
        otherWrites.forEach(PendingWrite::await);
        otherWrites.clear();
        if (appliedThrough > ledger.throughOffset()) {
            tables.writeRollups(rows.changedRows()).await();
            Ledger closed = tally.through(appliedThrough);
            tables.writeLedger(closed).await();
            ledger = closed;
        }
        rows.written();
        open = true;
        clean = true;
    }

    /** What the records before a command bring is in the tables when it begins, and what it changes when it ends. */
    private boolean carryOut(RebuildCommand command, LogRecord record) {
        if (record.offset() <= appliedThrough) {
            return false;
        }
        flush();
        begin();
        appliedThrough = record.offset();
        rebuild.run(command, record);
        open = true;
        flush();
        return true;
    }

    private void fold(List<LogRecord> records) {
        begin();
        List<Candidate> candidates = new ArrayList<>();
        List<RejectedReading> rejected = new ArrayList<>();
        read(records, candidates, rejected);
        loadRows(candidates);
        pending.settle();
        Map<ReadingKey, Arrival> arrivals = lookUpSuspects(candidates);
        write(decide(candidates, arrivals, rejected), rejected);
        open = true;
        if (rows.isCrowded()) {
            flush();
        }
    }

    /** From here until the end of a step, any exception leaves the fold closed. */
    private void begin() {
        if (!open) {
            throw new IllegalStateException("the fold is not open: it was never opened, or has failed since");
        }
        open = false;
        clean = false;
    }

    private void read(List<LogRecord> records, List<Candidate> candidates, List<RejectedReading> rejected) {
        for (LogRecord record : records) {
            if (record.offset() <= appliedThrough) {
                if (record.offset() > ledger.throughOffset()) {
                    throw new IllegalArgumentException("offsets must rise: found " + record.offset() + " after "
                            + appliedThrough + " was applied");
                }
                continue;
            }
            appliedThrough = record.offset();
            List<Decoded> elements = reader.read(record);
            tally.received(elements.size());
            for (int index = 0; index < elements.size(); index++) {
                Decoded element = elements.get(index);
                if (element instanceof Reading reading) {
                    candidates.add(new Candidate(record, index, reading, keysOf(reading)));
                } else {
                    reject(record, index, (Rejection) element, rejected);
                }
            }
        }
    }

    private List<RollupKey> keysOf(Reading reading) {
        List<RollupKey> keys = new ArrayList<>(6);
        for (Resolution resolution : Resolution.values()) {
            Window window = calendar.windowOf(resolution, reading.time());
            keys.add(new RollupKey(Scope.DEVICE, reading.device(), reading.metric(), window));
            keys.add(new RollupKey(Scope.GROUP, reading.group(), reading.metric(), window));
        }
        return keys;
    }

    private void loadRows(List<Candidate> candidates) {
        Set<RollupKey> keys = new LinkedHashSet<>();
        candidates.forEach(candidate -> keys.addAll(candidate.keys()));
        rows.load(keys);
    }

    /**
     * Asks the raw table for every reading whose key an earlier record may have brought: one that is not later than all
     * that its hour had before this chunk. In a replay that holds for whatever the hour row has seen before.
     */
    private Map<ReadingKey, Arrival> lookUpSuspects(List<Candidate> candidates) {
        Set<ReadingKey> suspects = new LinkedHashSet<>();
        for (Candidate candidate : candidates) {
            Reading reading = candidate.reading();
            if (!rows.get(candidate.hourOfDevice()).isNews(reading.time()) && pending.find(reading.key()) == null) {
                suspects.add(reading.key());
            }
        }
        return suspects.isEmpty() ? Map.of() : tables.readArrivals(suspects);
    }

    private List<StoredReading> decide(
            List<Candidate> candidates, Map<ReadingKey, Arrival> arrivals, List<RejectedReading> rejected) {
        List<StoredReading> stored = new ArrayList<>();
        for (Candidate candidate : candidates) {
            Reading reading = candidate.reading();
            Double first = firstValue(candidate, arrivals);
            if (first == null) {
                store(candidate, stored);
            } else if (first == reading.value()) {
                tally.duplicate();
            } else {
                reject(candidate.record(), candidate.index(), conflict(reading, first), rejected);
            }
        }
        return stored;
    }

    /** Returns the value that was the first to arrive for a reading's key, or null if the reading itself is the first. */
    private @Nullable Double firstValue(Candidate candidate, Map<ReadingKey, Arrival> arrivals) {
        ReadingKey key = candidate.reading().key();
        Double decided = pending.find(key);
        if (decided != null) {
            return decided;
        }
        Arrival arrival = arrivals.get(key);
        long offset = candidate.record().offset();
        if (arrival == null || arrival.offset() == offset) {
            return null; // never stored, or this very reading by an earlier run
        }
        if (arrival.offset() > offset) {
            throw new IllegalStateException("the raw table says that " + key + " arrived at offset " + arrival.offset()
                    + ", but the log has it at " + offset + ": it was not written from this log");
        }
        return arrival.value();
    }

    private void store(Candidate candidate, List<StoredReading> stored) {
        Reading reading = candidate.reading();
        LogRecord record = candidate.record();
        tally.stored();
        StoredReading row = new StoredReading(reading, record.offset(), record.timestamp());
        stored.add(row);
        pending.decided(row);
        for (RollupKey key : candidate.keys()) {
            RollupRow rollup = rows.get(key);
            if (rollup.fold(reading, record)) {
                rows.changed(rollup);
            }
        }
    }

    private void reject(LogRecord record, int index, Rejection rejection, List<RejectedReading> rejected) {
        tally.rejected(rejection.reason());
        rejected.add(new RejectedReading(record.offset(), index, rejection, record.timestamp(), record.key()));
    }

    private static Rejection conflict(Reading reading, double first) {
        return Rejection.of(
                RejectReason.CONFLICT,
                "value " + reading.value() + " arrived after " + first + " for the same device, metric and time",
                reading);
    }

    private void write(List<StoredReading> stored, List<RejectedReading> rejected) {
        if (!stored.isEmpty()) {
            pending.writing(stored, tables.writeReadings(stored));
        }
        if (!rejected.isEmpty()) {
            otherWrites.add(tables.writeRejected(rejected));
        }
        List<CatalogEntry> entries = newEntries(stored);
        if (!entries.isEmpty()) {
            otherWrites.add(tables.writeCatalog(entries));
        }
    }

    private List<CatalogEntry> newEntries(List<StoredReading> stored) {
        if (catalogued.size() > maxCatalogued) {
            catalogued.clear();
        }
        List<CatalogEntry> entries = new ArrayList<>();
        for (StoredReading row : stored) {
            Reading reading = row.reading();
            CatalogEntry entry = new CatalogEntry(reading.group(), reading.device(), reading.metric());
            if (catalogued.add(entry)) {
                entries.add(entry);
            }
        }
        return entries;
    }

    private void forget() {
        rows.clear();
        pending.clear();
        otherWrites.clear();
        catalogued.clear();
    }

    /** A reading that keeps the rules, and the six rollups that it would change. */
    private record Candidate(LogRecord record, int index, Reading reading, List<RollupKey> keys) {

        RollupKey hourOfDevice() {
            return keys.get(0);
        }
    }
}
