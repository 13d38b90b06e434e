package io.weir.core.fold.simulation;

import io.weir.core.fold.engine.DecidingFold;
import io.weir.core.fold.engine.Fold;
import io.weir.core.fold.engine.FoldSettings;
import io.weir.core.fold.engine.FollowingFold;
import io.weir.core.fold.port.Ledger;
import io.weir.core.fold.port.LogRecord;
import io.weir.core.fold.port.SourceLog;
import io.weir.core.fold.port.TablesException;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A process that runs tasks of one query in sequence, and keeps its fold and its caches between them. */
final class SimulatedProcess {

    private final Fate fate;
    private final SimulatedWorld world;
    private final Query query;
    private final SimulatedConnection connection;
    private final Fold fold;
    private List<LogRecord> log = List.of();
    private @Nullable Event lastTask;

    SimulatedProcess(FoldSettings settings, SimulatedWorld world, Layout layout, Query query) {
        this.fate = world.fate();
        this.world = world;
        this.query = query;
        this.connection = new SimulatedConnection(world, query);
        this.fold = query.decides() ? decider(settings, layout) : follower(settings);
        fate.count(Event.PROCESS_STARTED);
    }

    Query query() {
        return query;
    }

    void die() {
        connection.die();
    }

    /**
     * Runs a task as the application's writer does: opens the fold, and applies chunks from where the last batch ended
     * or from an earlier offset. Then flushes or leaves that to later, also if the task is killed between two chunks.
     *
     * @param log the log so far
     */
    void runTask(List<LogRecord> log) {
        this.log = log;
        open();
        int end = applySome(log);
        if (fate.oneIn(3)) {
            fold.flush();
            lastTask = Event.OPENED_AGAIN_AFTER_A_FLUSH;
        } else {
            fold.awaitReadings();
            lastTask = Event.OPENED_AGAIN_UNFLUSHED;
        }
        world.committed(query, end);
    }

    /** Flushes as the application does while no task runs, where a failure is not reported. */
    void flushBetweenTasks() {
        if (fold.isOpen()) {
            fate.count(Event.FLUSHED_BETWEEN_BATCHES);
            try {
                flush();
            } catch (TablesException e) {
                lastTask = Event.OPENED_AGAIN_AFTER_A_FAILURE;
            }
        }
    }

    private int applySome(List<LogRecord> log) {
        int next = begin(log);
        int end = fate.oneIn(2) ? log.size() : next + fate.below(log.size() - next + 1);
        while (next < end && !fate.strikes(Event.TASK_KILLED)) {
            int chunkEnd = Math.min(end, next + fate.upTo(100));
            fold.apply(log.subList(next, chunkEnd));
            next = chunkEnd;
            flush();
        }
        return next;
    }

    /** Flushes as the application does between two chunks: fully or in part, waiting or in the background. */
    private void flush() {
        switch (fate.below(10)) {
            case 0 -> fold.flush();
            case 1, 2 -> fold.beginFlush(1);
            case 6, 7 -> beginPart();
            case 3, 4, 5 -> fate.count(fold.tryCompleteFlush() ? Event.FLUSH_ENDED : Event.FLUSH_IN_PROGRESS);
            case 8 -> fate.count(fold.hasReadingsInFlight() ? Event.READINGS_IN_FLIGHT : Event.READINGS_DURABLE);
            default -> {}
        }
    }

    private void beginPart() {
        fold.beginFlush(1.0 / (2 + fate.below(3)));
        fate.count(Event.PART_OF_A_FLUSH_BEGUN);
    }

    /** Applies the rest of the log; only requests sent before can still fail. */
    void close(List<LogRecord> log) {
        this.log = log;
        world.restarted(query);
        try {
            applyAll();
        } catch (TablesException sentBefore) {
            applyAllAgain();
        }
        if (fold.throughOffset() != log.get(log.size() - 1).offset()) {
            throw new Violation(Check.PROGRESS, "closed through " + fold.throughOffset() + " only");
        }
        lastTask = Event.OPENED_AGAIN_AFTER_A_FLUSH;
    }

    private void applyAll() {
        open();
        fold.apply(log.subList(begin(log), log.size()));
        fold.flush();
    }

    private void applyAllAgain() {
        try {
            applyAll();
        } catch (TablesException e) {
            throw new Violation(Check.PROGRESS, "nothing failed, and yet " + e.getMessage(), e);
        }
    }

    private Fold decider(FoldSettings settings, Layout layout) {
        SimulatedTables tables = new SimulatedTables(connection, layout);
        return layout == Layout.FUSED
                ? new DecidingFold(settings, new LineDecoder(), tables, sourceLog())
                : DecidingFold.decider(settings, new LineDecoder(), tables, sourceLog());
    }

    private Fold follower(FoldSettings settings) {
        SimulatedFollowerTables tables = new SimulatedFollowerTables(connection);
        Scope scope = query.scope();
        Resolution resolution = query.resolution();
        return scope == null || resolution == null
                ? FollowingFold.ofReadings(settings, new LineDecoder(), tables, sourceLog(), tables::writeReadings)
                : FollowingFold.ofRollups(
                        settings, new LineDecoder(), tables, sourceLog(), tables.rollups(), scope, resolution);
    }

    private void open() {
        if (lastTask != null) {
            fate.count(lastTask);
        }
        lastTask = Event.OPENED_AGAIN_AFTER_A_FAILURE;
        fold.open();
    }

    private SourceLog sourceLog() {
        return new SourceLog() {

            @Override
            public boolean hasRecords(long from, long to) {
                return log.stream().anyMatch(record -> record.offset() >= from && record.offset() < to);
            }

            @Override
            public boolean isQuarantined(long offset) {
                return PoisonRecords.isNamed(offset);
            }
        };
    }

    /**
     * Returns the index at which the task begins: at a checkpoint, which may be of any age or lost, or where the last
     * batch ended, even if the ledger has gone back since.
     */
    private int begin(List<LogRecord> log) {
        int latest = firstAfter(log, fold.throughOffset());
        int applied = firstAfter(log, fold.appliedThrough());
        int checkpoint = Math.min(world.checkpoint(query), log.size());
        if (checkpoint > latest) {
            fate.count(
                    checkpoint > applied
                            ? Event.BATCH_BEGAN_BEYOND_THE_LEDGER
                            : Event.BATCH_FOLLOWED_UNFLUSHED_RECORDS);
            return checkpoint;
        }
        if (applied > latest) {
            fate.count(Event.REPLAY_OF_UNFLUSHED_RECORDS);
        }
        int begin = fate.oneIn(3) ? latest : fate.oneIn(4) ? 0 : fate.below(latest + 1);
        if (begin < latest) {
            fate.count(begin == 0 ? Event.REPLAY_FROM_THE_BEGINNING : Event.REPLAY_OF_CLOSED_RECORDS);
        }
        return begin;
    }

    private static int firstAfter(List<LogRecord> log, long offset) {
        int index = 0;
        while (offset != Ledger.NOTHING && index < log.size() && log.get(index).offset() <= offset) {
            index++;
        }
        return index;
    }
}
