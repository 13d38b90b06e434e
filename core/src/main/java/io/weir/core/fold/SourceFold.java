package io.weir.core.fold;

import io.weir.core.reading.Decoded;
import io.weir.core.reading.Reading;
import io.weir.core.reading.ReadingDecoder;
import io.weir.core.reading.ReadingKey;
import io.weir.core.reading.RejectReason;
import io.weir.core.reading.Rejection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The exact fold of one source: takes the records of its log in order, decides each reading, and makes raw readings,
 * rollups and ledger a pure function of that log. Rollups are its own, or are left to a {@link FollowerFold} for each
 * table.
 */
public final class SourceFold extends ClosingFold {

    private final DecisionTables tables;
    private final RecordReader reader;
    private final DecidingEffects effects;
    private final @Nullable Rebuild rebuild;
    private final PendingReadings pending;
    private final List<PendingWrite> otherWrites = new ArrayList<>();
    private final Set<CatalogEntry> catalogued = new HashSet<>();
    private final long stepBytes;

    /** What is known to be in the catalogue may take as much memory as a step. */
    private long cataloguedBytes;

    private Ledger ledger = Ledger.EMPTY;

    /** What the ledger will be once all parts of the flush that has begun are written. */
    private @Nullable Ledger next;

    private Tally tally = new Tally(Ledger.EMPTY);
    private long appliedThrough = Ledger.NOTHING;

    /**
     * A fold that feeds all tables.
     *
     * @param log whose records are applied
     */
    public SourceFold(FoldSettings settings, ReadingDecoder decoder, SourceTables tables, SourceLog log) {
        this(
                settings,
                decoder,
                tables,
                log,
                new RollupRows(tables, RollupKeys.all(settings.zone()), settings.cachedBytes()));
    }

    private SourceFold(
            FoldSettings settings, ReadingDecoder decoder, SourceTables tables, SourceLog log, RollupRows rows) {
        this(settings, decoder, tables, log, rows, rows.rebuild(settings, tables::readReadings));
    }

    private SourceFold(
            FoldSettings settings,
            ReadingDecoder decoder,
            DecisionTables tables,
            SourceLog log,
            DecidingEffects effects,
            @Nullable Rebuild rebuild) {
        super(tables, log);
        this.tables = tables;
        this.reader = new RecordReader(decoder, settings, log::isQuarantined);
        this.effects = effects;
        this.rebuild = rebuild;
        this.pending = new PendingReadings(settings.pendingBytes());
        this.stepBytes = settings.stepBytes();
    }

    /**
     * Returns a fold that decides, and leaves rollups and readings by group to followers. Without rollups it rebuilds none:
     * a command to do so is a record like any other.
     */
    public static SourceFold decider(
            FoldSettings settings, ReadingDecoder decoder, DeciderTables tables, SourceLog log) {
        Handover handover = new Handover(tables, settings.zone(), settings.cachedBytes());
        return new SourceFold(settings, decoder, tables, log, handover, null);
    }

    @Override
    void resume(boolean intact) {
        Ledger stored = tables.readLedger();
        Ledger found = stored == null ? Ledger.EMPTY : stored;
        if (!intact || !covers(found.throughOffset())) {
            forget();
            ledger = found;
            next = null;
            tally = new Tally(found);
            appliedThrough = found.throughOffset();
        }
    }

    @Override
    public long throughOffset() {
        return ledger.throughOffset();
    }

    @Override
    public long appliedThrough() {
        return appliedThrough;
    }

    @Override
    public void awaitReadings() {
        begin();
        pending.awaitAll();
        end();
    }

    /** Applies records. Their readings are being written when this returns. */
    @Override
    void applyNext(List<LogRecord> records) {
        if (rebuild == null) {
            fold(records);
        } else {
            foldBetweenCommands(records, rebuild);
        }
    }

    @Override
    public boolean hasReadingsUnderWay() {
        begin();
        boolean any = pending.areUnderWay();
        end();
        return any;
    }

    private void foldBetweenCommands(List<LogRecord> records, Rebuild commands) {
        int next = 0;
        for (int i = 0; i < records.size(); i++) {
            LogRecord record = records.get(i);
            RebuildCommand command = reader.isQuarantined(record) ? null : commands.commandOf(record);
            if (command != null) {
                fold(records.subList(next, i));
                next = carryOut(commands, command, record) ? i + 1 : i;
            }
        }
        fold(records.subList(next, records.size()));
    }

    /**
     * Flushes before the command, so that it finds in the tables what the records before it bring, and flushes what it
     * changes. Then clears the memory: where another process has gone on, the command has not changed the rows in it.
     */
    private boolean carryOut(Rebuild commands, RebuildCommand command, LogRecord record) {
        if (record.offset() <= appliedThrough) {
            return false;
        }
        flush();
        begin();
        appliedThrough = record.offset();
        commands.run(command, record);
        requireSameEpoch();
        end();
        flush();
        effects.clear();
        return true;
    }

    /** Decides as many records together as the memory has room for. */
    private void fold(List<LogRecord> records) {
        int next = 0;
        while (next < records.size()) {
            next = foldStep(records, next);
        }
    }

    /** Decides the records from an index on; returns the index of the first that is left for the next step. */
    private int foldStep(List<LogRecord> records, int from) {
        begin();
        makeRoom();
        Step step = new Step(stepBytes);
        int next = read(records, from, step);
        List<Candidate> candidates = step.candidates();
        List<RejectedReading> rejected = step.rejected();
        boolean loaded = effects.load();
        pending.settle();
        Set<ReadingKey> suspects = suspects(candidates);
        Map<ReadingKey, Arrival> arrivals = suspects.isEmpty() ? Map.of() : tables.readArrivals(suspects);
        if (loaded || !suspects.isEmpty()) {
            requireSameEpoch();
        }
        write(decide(candidates, arrivals, step), rejected);
        end();
        return next;
    }

    /** Writes what has changed when it fills the memory, which is free again once that is durable. */
    private void makeRoom() {
        closing.tryEnd();
        otherWrites.removeIf(PendingWrite::isDurable);
        if (effects.isCrowded()) {
            beginClosing();
        }
    }

    @Override
    void beginClosing() {
        next = null;
        beginClosing(1);
    }

    /**
     * Sends effects; their readings are durable before, and so is the part before. Rows may be newer than the ledger that
     * comes with the last part, and are without any until then: to a replay they are rows that an earlier run has left.
     */
    @Override
    void beginClosing(double share) {
        closing.await();
        pending.awaitAll();
        if (next == null && appliedThrough > ledger.throughOffset()) {
            next = tally.through(appliedThrough);
            effects.mark();
        }
        Ledger ending = next;
        if (ending == null) {
            return;
        }
        PendingWrite part = effects.write(share);
        if (share < 1) {
            closing.begin(part);
            return;
        }
        otherWrites.forEach(PendingWrite::await);
        otherWrites.clear();
        next = null;
        closing.begin(part, () -> tables.writeLedger(ending, epoch()), () -> closed(ending));
    }

    private void closed(Ledger written) {
        ledger = written;
        effects.written();
    }

    private int read(List<LogRecord> records, int from, Step step) {
        int next = from;
        while (next < records.size() && !step.isFull() && !effects.hasMuchToLoad()) {
            LogRecord record = records.get(next);
            next++;
            if (isApplied(record)) {
                continue;
            }
            appliedThrough = record.offset();
            List<Decoded> elements = reader.read(record);
            tally.received(elements.size());
            for (int index = 0; index < elements.size(); index++) {
                Decoded element = elements.get(index);
                if (element instanceof Reading reading) {
                    step.add(new Candidate(record, index, reading, effects.rowsOf(reading)));
                } else {
                    reject(record, index, (Rejection) element, step);
                }
            }
        }
        return next;
    }

    /**
     * Returns the keys that an earlier record may have brought: those of readings that are not later than all that their
     * hour had before this step. In a replay that holds for whatever the hour had seen before.
     */
    private Set<ReadingKey> suspects(List<Candidate> candidates) {
        Set<ReadingKey> suspects = new LinkedHashSet<>();
        for (Candidate candidate : candidates) {
            ReadingKey key = candidate.reading().key();
            if (!candidate.isNews() && pending.find(key) == null) {
                suspects.add(key);
            }
        }
        return suspects;
    }

    private List<StoredReading> decide(List<Candidate> candidates, Map<ReadingKey, Arrival> arrivals, Step step) {
        List<StoredReading> stored = new ArrayList<>();
        for (Candidate candidate : candidates) {
            Reading reading = candidate.reading();
            Double first = firstValue(candidate, arrivals);
            if (first == null) {
                store(candidate, stored);
            } else if (first == reading.value()) {
                tally.duplicate();
                effects.excepted(candidate, ExceptedReading.Kind.DUPLICATE);
            } else {
                effects.excepted(candidate, ExceptedReading.Kind.CONFLICT);
                reject(candidate.record(), candidate.index(), conflict(reading, first), step);
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
        tally.stored();
        StoredReading row = candidate.stored();
        stored.add(row);
        pending.decided(row);
        effects.stored(candidate);
    }

    private void reject(LogRecord record, int index, Rejection rejection, Step step) {
        tally.rejected(rejection.reason());
        step.add(new RejectedReading(record.offset(), index, rejection, record.timestamp(), record.key()));
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
        if (cataloguedBytes > stepBytes) {
            catalogued.clear();
            cataloguedBytes = 0;
        }
        List<CatalogEntry> entries = new ArrayList<>();
        for (StoredReading row : stored) {
            Reading reading = row.reading();
            CatalogEntry entry = new CatalogEntry(reading.group(), reading.device(), reading.metric());
            if (catalogued.add(entry)) {
                cataloguedBytes += HeapBytes.of(reading);
                entries.add(entry);
            }
        }
        return entries;
    }

    private void forget() {
        closing.forget();
        effects.clear();
        pending.clear();
        otherWrites.clear();
        catalogued.clear();
        cataloguedBytes = 0;
    }
}
