package io.weir.core.fold;

import io.weir.core.reading.Decoded;
import io.weir.core.reading.Reading;
import io.weir.core.reading.ReadingDecoder;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Scope;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The fold of one table of one source that decides nothing: it applies what the source's decider has closed. Which readings
 * break a rule follows from their record alone; which ones the raw table already had, the decider has written down.
 */
public final class FollowerFold extends ClosingFold {

    private final FollowerTables tables;
    private final RecordReader reader;
    private final Effects effects;

    private final long stepBytes;

    private long closedThrough = Ledger.NOTHING;
    private long appliedThrough = Ledger.NOTHING;
    private long decidedThrough = Ledger.NOTHING;

    private FollowerFold(
            FoldSettings settings, ReadingDecoder decoder, FollowerTables tables, SourceLog log, Effects effects) {
        super(tables, log);
        this.tables = tables;
        this.reader = new RecordReader(decoder, settings, log::isQuarantined);
        this.effects = effects;
        this.stepBytes = settings.stepBytes();
    }

    /**
     * Returns the fold of one of the six rollup tables.
     *
     * @param log whose records are applied
     */
    public static FollowerFold ofRollups(
            FoldSettings settings,
            ReadingDecoder decoder,
            FollowerTables tables,
            SourceLog log,
            RollupStore rollups,
            Scope scope,
            Resolution resolution) {
        RollupKeys keys = new RollupKeys(settings.zone(), List.of(scope), List.of(resolution));
        return new FollowerFold(settings, decoder, tables, log, new RollupRows(rollups, keys, settings.cachedBytes()));
    }

    /**
     * Returns the fold of the raw table by group.
     *
     * @param log whose records are applied
     * @param table writes readings there
     */
    public static FollowerFold ofReadings(
            FoldSettings settings,
            ReadingDecoder decoder,
            FollowerTables tables,
            SourceLog log,
            Function<Collection<StoredReading>, PendingWrite> table) {
        return new FollowerFold(settings, decoder, tables, log, new GroupReadings(table, settings.cachedBytes()));
    }

    @Override
    void resume(boolean intact) {
        long found = tables.readThroughOffset();
        if (!intact || !covers(found)) {
            closing.forget();
            effects.clear();
            closedThrough = found;
            appliedThrough = found;
            decidedThrough = found;
        }
    }

    @Override
    public long throughOffset() {
        return closedThrough;
    }

    @Override
    public long appliedThrough() {
        return appliedThrough;
    }

    /** Waits for nothing: it writes readings when it flushes. */
    @Override
    public void awaitReadings() {}

    /** Applies records, and waits for the decider where it has not come so far. */
    @Override
    void applyNext(List<LogRecord> records) {
        begin();
        int next = firstToApply(records);
        while (next < records.size()) {
            awaitDecided(records.get(next).offset());
            next = follow(records, next);
            if (effects.isCrowded()) {
                close();
            }
        }
        end();
    }

    /** It writes readings when it flushes. */
    @Override
    public boolean hasReadingsUnderWay() {
        return false;
    }

    private int firstToApply(List<LogRecord> records) {
        int first = 0;
        while (first < records.size() && isApplied(records.get(first))) {
            first++;
        }
        return first;
    }

    /** Whoever may have to wait closes first: so a follower that has caught up with its decider says so. */
    private void awaitDecided(long offset) {
        if (offset > decidedThrough) {
            close();
            decidedThrough = tables.awaitDecided(offset);
        }
    }

    /**
     * Applies the records from an index on that are decided, as many together as the memory has room for; returns the index
     * of the first that is left.
     */
    private int follow(List<LogRecord> records, int from) {
        Step step = new Step(stepBytes);
        int next = from;
        while (next < records.size()
                && records.get(next).offset() <= decidedThrough
                && !step.isFull()
                && !effects.hasMuchToLoad()) {
            read(records.get(next), step);
            next++;
        }
        long last = records.get(next - 1).offset();
        Set<ElementPosition> excepted = tables.readExceptions(records.get(from).offset(), last);
        effects.load();
        requireSameEpoch(); // also of the exceptions, which are read for every step
        step.candidates().stream()
                .filter(candidate -> !excepted.contains(candidate.position()))
                .forEach(effects::stored);
        appliedThrough = last;
        return next;
    }

    private void read(LogRecord record, Step step) {
        List<Decoded> elements = reader.read(record);
        for (int index = 0; index < elements.size(); index++) {
            if (elements.get(index) instanceof Reading reading) {
                step.add(new Candidate(record, index, reading, effects.rowsOf(reading)));
            }
        }
    }

    private void close() {
        beginClosing();
        closing.await();
    }

    @Override
    void beginClosing() {
        closing.await();
        if (appliedThrough > closedThrough) {
            long next = appliedThrough;
            closing.begin(effects.write(), () -> tables.writeThroughOffset(next, epoch()), () -> closed(next));
        }
    }

    /** There is one table, and closing it is all that its readers wait for. */
    @Override
    void beginClosing(double share) {
        beginClosing();
    }

    private void closed(long written) {
        closedThrough = written;
        effects.written();
    }
}
