package io.weir.core.fold.engine;

import io.weir.core.fold.command.RebuildCommand;
import io.weir.core.fold.port.Arrival;
import io.weir.core.fold.port.CatalogEntry;
import io.weir.core.fold.port.DeciderTables;
import io.weir.core.fold.port.DecisionTables;
import io.weir.core.fold.port.Ledger;
import io.weir.core.fold.port.LogRecord;
import io.weir.core.fold.port.PendingWrite;
import io.weir.core.fold.port.RejectedReading;
import io.weir.core.fold.port.SkippedReading;
import io.weir.core.fold.port.SourceLog;
import io.weir.core.fold.port.SourceTables;
import io.weir.core.fold.port.StoredReading;
import io.weir.core.fold.rollup.HeapBytes;
import io.weir.core.fold.rollup.RollupKeys;
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
 * rollups and ledger a pure function of that log. It either writes rollups itself, or leaves them to one {@link
 * FollowingFold} per table. Not thread-safe.
 */
public final class DecidingFold extends ClosingFold {

    private final DecisionTables tables;
    private final RecordReader reader;
    private final DecidingEffects effects;
    private final @Nullable Rebuild rebuild;
    private final PendingReadings pending;
    private final List<PendingWrite> otherWrites = new ArrayList<>();
    private final Set<CatalogEntry> cataloged = new HashSet<>();
    private final long stepBytes;

    /** The heap bytes of the known catalog entries, limited by those of a step. */
    private long catalogedBytes;

    private Ledger ledger = Ledger.EMPTY;

    /** The ledger to write after the last part of the flush in progress; null if no flush has begun. */
    private @Nullable Ledger next;

    private Tally tally = new Tally(Ledger.EMPTY);

    /** The number of readings that were looked up in the raw table. */
    private long lookUps;

    private long appliedThrough = Ledger.NOTHING;

    /**
     * Creates a fold that feeds all tables.
     *
     * @param log the source's log
     */
    public DecidingFold(FoldSettings settings, ReadingDecoder decoder, SourceTables tables, SourceLog log) {
        this(
                settings,
                decoder,
                tables,
                log,
                new RollupRows(tables, RollupKeys.all(settings.zone()), settings.cachedBytes()));
    }

    private DecidingFold(
            FoldSettings settings, ReadingDecoder decoder, SourceTables tables, SourceLog log, RollupRows rows) {
        this(settings, decoder, tables, log, rows, rows.rebuild(settings, tables::readReadings));
    }

    private DecidingFold(
            FoldSettings settings,
            ReadingDecoder decoder,
            DecisionTables tables,
            SourceLog log,
            DecidingEffects effects,
            @Nullable Rebuild rebuild) {
        super(settings, tables, log);
        this.tables = tables;
        this.reader = new RecordReader(decoder, settings, log::isQuarantined);
        this.effects = effects;
        this.rebuild = rebuild;
        this.pending = new PendingReadings(settings.pendingBytes());
        this.stepBytes = settings.stepBytes();
    }

    /**
     * Returns a fold that decides, and leaves rollups and readings by group to followers. It has no rollups to rebuild,
     * so it treats rebuild commands like any other record.
     */
    public static DecidingFold decider(
            FoldSettings settings, ReadingDecoder decoder, DeciderTables tables, SourceLog log) {
        EffectsForFollowers handover = new EffectsForFollowers(tables, settings.zone(), settings.cachedBytes());
        return new DecidingFold(settings, decoder, tables, log, handover, null);
    }

    @Override
    void resume(boolean intact) {
        Ledger stored = tables.readLedger();
        Ledger found = stored == null ? Ledger.EMPTY : stored;
        if (!intact || !covers(found.throughOffset())) {
            reset();
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
    public FoldStatistics statistics() {
        return new FoldStatistics(tally.through(appliedThrough), lookUps, effects.cache());
    }

    @Override
    public void awaitReadings() {
        step(pending::awaitAll);
    }

    /** Applies records. Their readings are in flight when this method returns. */
    @Override
    void applyNext(List<LogRecord> records) {
        if (rebuild == null) {
            fold(records);
        } else {
            foldBetweenCommands(records, rebuild);
        }
    }

    @Override
    public boolean hasReadingsInFlight() {
        return step(pending::hasInFlight);
    }

    private void foldBetweenCommands(List<LogRecord> records, Rebuild commands) {
        int next = 0;
        for (int i = 0; i < records.size(); i++) {
            LogRecord record = records.get(i);
            RebuildCommand command = reader.isQuarantined(record) ? null : commands.commandOf(record);
            if (command != null) {
                fold(records.subList(next, i));
                next = execute(commands, command, record) ? i + 1 : i;
            }
        }
        fold(records.subList(next, records.size()));
    }

    /**
     * Executes a command and returns true, unless it was applied before. Flushes first, so that the tables contain all
     * earlier records, and flushes the changes of the command. Then clears the memory: if another process has applied
     * later records, the command has not changed the cached rows.
     */
    private boolean execute(Rebuild commands, RebuildCommand command, LogRecord record) {
        if (record.offset() <= appliedThrough) {
            return false;
        }
        flush();
        step(() -> {
            appliedThrough = record.offset();
            commands.run(command, record);
            requireSameEpoch();
        });
        flush();
        effects.clear();
        return true;
    }

    /** Decides the records in steps, each of as many records as fit into memory. */
    private void fold(List<LogRecord> records) {
        int next = 0;
        while (next < records.size()) {
            int from = next;
            next = step(() -> foldStep(records, from));
        }
    }

    /** Decides one step of records from an index on; returns the index of the first remaining record. */
    private int foldStep(List<LogRecord> records, int from) {
        makeRoom();
        Step step = new Step(stepBytes);
        int next = read(records, from, step);
        List<Candidate> candidates = step.candidates();
        List<RejectedReading> rejected = step.rejected();
        boolean loaded = effects.load();
        pending.removeDurable();
        Set<ReadingKey> suspects = suspects(candidates);
        lookUps += suspects.size();
        Map<ReadingKey, Arrival> arrivals = suspects.isEmpty() ? Map.of() : tables.readArrivals(suspects);
        if (loaded || !suspects.isEmpty()) {
            requireSameEpoch();
        }
        write(decide(candidates, arrivals, step), rejected);
        return next;
    }

    /** Flushes changed rows if they fill the memory, so that they can be evicted once they are durable. */
    private void makeRoom() {
        closing.tryComplete();
        otherWrites.removeIf(PendingWrite::isDurable);
        if (effects.needsFlush()) {
            beginClosing();
        }
    }

    @Override
    void beginClosing() {
        next = null;
        beginClosing(1);
    }

    /**
     * Writes one part of the effects, after the part before and all raw rows are durable. Until the last part, which
     * ends with the ledger, rollup rows may be ahead of the ledger: a replay treats them like rows that an earlier run
     * has written.
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
        closing.begin(part, () -> tables.writeLedger(ending, epoch()), () -> onClosed(ending));
    }

    private void onClosed(Ledger durable) {
        ledger = durable;
        effects.onDurable();
    }

    private int read(List<LogRecord> records, int from, Step step) {
        int next = from;
        while (next < records.size() && !step.isFull() && !effects.needsLoad()) {
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
     * Returns the keys that an earlier record may have brought: those of readings whose time is not later than every
     * reading that their hour contained before this step. In a replay, the hour may already contain later readings;
     * then more keys are suspects.
     */
    private Set<ReadingKey> suspects(List<Candidate> candidates) {
        Set<ReadingKey> suspects = new LinkedHashSet<>();
        for (Candidate candidate : candidates) {
            ReadingKey key = candidate.reading().key();
            if (!candidate.isCertainlyNew() && pending.find(key) == null) {
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
                effects.addExcepted(candidate, SkippedReading.Kind.DUPLICATE);
            } else {
                effects.addExcepted(candidate, SkippedReading.Kind.CONFLICT);
                reject(candidate.record(), candidate.index(), conflict(reading, first), step);
            }
        }
        return stored;
    }

    /** Returns the value of the first reading with this key, or null if the candidate is the first. */
    private @Nullable Double firstValue(Candidate candidate, Map<ReadingKey, Arrival> arrivals) {
        ReadingKey key = candidate.reading().key();
        Double pendingValue = pending.find(key);
        if (pendingValue != null) {
            return pendingValue;
        }
        Arrival arrival = arrivals.get(key);
        long offset = candidate.record().offset();
        if (arrival == null || arrival.offset() == offset) {
            return null; // not stored, or stored by an earlier run from this record
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
        pending.add(row);
        effects.addStored(candidate);
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
            pending.addWrite(stored, tables.writeReadings(stored));
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
        if (catalogedBytes > stepBytes) {
            cataloged.clear();
            catalogedBytes = 0;
        }
        List<CatalogEntry> entries = new ArrayList<>();
        for (StoredReading row : stored) {
            Reading reading = row.reading();
            CatalogEntry entry = new CatalogEntry(reading.group(), reading.device(), reading.metric());
            if (cataloged.add(entry)) {
                catalogedBytes += HeapBytes.of(reading);
                entries.add(entry);
            }
        }
        return entries;
    }

    private void reset() {
        closing.abandon();
        effects.clear();
        pending.clear();
        otherWrites.clear();
        cataloged.clear();
        catalogedBytes = 0;
    }
}
