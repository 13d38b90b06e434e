package io.weir.core.fold.engine;

import io.weir.core.fold.port.ElementPosition;
import io.weir.core.fold.port.FollowerTables;
import io.weir.core.fold.port.Ledger;
import io.weir.core.fold.port.LogRecord;
import io.weir.core.fold.port.PendingWrite;
import io.weir.core.fold.port.RollupStore;
import io.weir.core.fold.port.SourceLog;
import io.weir.core.fold.port.StoredReading;
import io.weir.core.fold.rollup.RollupKeys;
import io.weir.core.reading.Decoded;
import io.weir.core.reading.Reading;
import io.weir.core.reading.ReadingDecoder;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Scope;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The fold of one table that follows the source's decider: it applies what the decider has committed. The record alone
 * shows which readings break a rule; the decider has recorded which ones the raw table already contained. Not
 * thread-safe.
 */
public final class FollowingFold extends ClosingFold {

    private final FollowerTables tables;
    private final RecordReader reader;
    private final Effects effects;

    private final long stepBytes;

    private long closedThrough = Ledger.NOTHING;
    private long appliedThrough = Ledger.NOTHING;
    private long decidedThrough = Ledger.NOTHING;

    private FollowingFold(
            FoldSettings settings, ReadingDecoder decoder, FollowerTables tables, SourceLog log, Effects effects) {
        super(settings, tables, log);
        this.tables = tables;
        this.reader = new RecordReader(decoder, settings, log::isQuarantined);
        this.effects = effects;
        this.stepBytes = settings.stepBytes();
    }

    /**
     * Returns the fold of one of the six rollup tables.
     *
     * @param log the source's log
     */
    public static FollowingFold ofRollups(
            FoldSettings settings,
            ReadingDecoder decoder,
            FollowerTables tables,
            SourceLog log,
            RollupStore rollups,
            Scope scope,
            Resolution resolution) {
        RollupKeys keys = new RollupKeys(settings.zone(), List.of(scope), List.of(resolution));
        return new FollowingFold(settings, decoder, tables, log, new RollupRows(rollups, keys, settings.cachedBytes()));
    }

    /**
     * Returns the fold of the raw table by group.
     *
     * @param log the source's log
     * @param table writes readings to the raw table
     */
    public static FollowingFold ofReadings(
            FoldSettings settings,
            ReadingDecoder decoder,
            FollowerTables tables,
            SourceLog log,
            Function<Collection<StoredReading>, PendingWrite> table) {
        return new FollowingFold(settings, decoder, tables, log, new GroupReadings(table, settings.cachedBytes()));
    }

    @Override
    void resume(boolean intact) {
        long found = tables.readThroughOffset();
        if (!intact || !covers(found)) {
            closing.abandon();
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

    @Override
    public FoldStatistics statistics() {
        return new FoldStatistics(new Ledger(appliedThrough, 0, 0, 0, Map.of()), 0, effects.cache());
    }

    /** Returns at once: a follower writes readings when it flushes. */
    @Override
    public void awaitReadings() {}

    /** Applies records. Waits for the decider before records that it has not committed yet. */
    @Override
    void applyNext(List<LogRecord> records) {
        step(() -> applyDecided(records));
    }

    private void applyDecided(List<LogRecord> records) {
        int next = firstToApply(records);
        while (next < records.size()) {
            awaitDecided(records.get(next).offset());
            next = foldStep(records, next);
            if (effects.needsFlush()) {
                flushAndAwait();
            }
        }
    }

    @Override
    public boolean hasReadingsInFlight() {
        return false;
    }

    private int firstToApply(List<LogRecord> records) {
        int first = 0;
        while (first < records.size() && isApplied(records.get(first))) {
            first++;
        }
        return first;
    }

    /** Flushes before waiting, so that the ledger shows a follower that has caught up with its decider. */
    private void awaitDecided(long offset) {
        if (offset > decidedThrough) {
            flushAndAwait();
            decidedThrough = tables.awaitDecided(offset);
        }
    }

    /**
     * Applies decided records from an index on, as many as fit into a step; returns the index of the first remaining
     * record.
     */
    private int foldStep(List<LogRecord> records, int from) {
        Step step = new Step(stepBytes);
        int next = from;
        while (next < records.size()
                && records.get(next).offset() <= decidedThrough
                && !step.isFull()
                && !effects.needsLoad()) {
            read(records.get(next), step);
            next++;
        }
        long last = records.get(next - 1).offset();
        Set<ElementPosition> excepted = tables.readExceptions(records.get(from).offset(), last);
        effects.load();
        requireSameEpoch(); // covers the exceptions too, which are read in every step
        step.candidates().stream()
                .filter(candidate -> !excepted.contains(candidate.position()))
                .forEach(effects::addStored);
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

    private void flushAndAwait() {
        beginClosing();
        closing.await();
    }

    @Override
    void beginClosing() {
        closing.await();
        if (appliedThrough > closedThrough) {
            long next = appliedThrough;
            closing.begin(effects.write(), () -> tables.writeThroughOffset(next, epoch()), () -> onClosed(next));
        }
    }

    /** Commits everything: a follower feeds one table, all of whose rows readers wait for. */
    @Override
    void beginClosing(double share) {
        beginClosing();
    }

    private void onClosed(long through) {
        closedThrough = through;
        effects.onDurable();
    }
}
