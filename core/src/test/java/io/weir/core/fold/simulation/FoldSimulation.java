package io.weir.core.fold.simulation;

import io.weir.core.fold.engine.FoldSettings;
import io.weir.core.fold.engine.SourceRollback;
import io.weir.core.fold.port.LogRecord;
import io.weir.core.fold.port.TablesException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * One simulated life of a log and its sources, generated from a seed. The log grows; processes take a source from each
 * other, crash between any two writes, or pause and resume; writes fail, or arrive late and in any order. In some lives
 * the layout changes, an operator repairs rows, rows expire, or sources end and others follow. Every write is checked
 * when it arrives, and all tables whenever the whole log was committed.
 *
 * <p>Single-threaded and deterministic: the same seed produces the same life.
 */
final class FoldSimulation {

    private static final int MAX_PROCESSES = 4;
    private static final int MAX_FOLLOWERS = 2;
    private static final int MAX_TASKS = 40;
    private static final int MAX_INTERRUPTIONS = 5;

    private final Census census = new Census();
    private final SplittableRandom random;
    private final RandomHistory history;
    private final FoldSettings settings;
    private final Fate fate;
    private final Lifetime.Clock clock = new Lifetime.Clock();
    private final List<EndedSource> ended = new ArrayList<>();
    private final Map<Query, List<SimulatedProcess>> idle = new EnumMap<>(Query.class);
    private final Map<Query, Integer> processes = new EnumMap<>(Query.class);

    /** True if sources end in this life; then nothing is repaired and rows do not expire. */
    private final boolean ending;

    private List<LogRecord> log;
    private Operator operator;
    private Oracle oracle;
    private Layouts layouts;
    private SimulatedWorld world;

    /** The number of records that the log contains so far. */
    private int available;

    /** The number of records at the start of the log that precede the source. */
    private int begin;

    FoldSimulation(long seed) {
        this(seed, Retention.SUFFICIENT, true);
    }

    /**
     * @param retention the lifetime of rows in lives in which they expire
     * @param delaying true if a ledger is written only after its rows are synced
     */
    FoldSimulation(long seed, Retention retention, boolean delaying) {
        random = new SplittableRandom(seed);
        history = new RandomHistory(random.split());
        int records = 20 + random.nextInt(990);
        fate = new Fate(random, records, census);
        settings = new FoldSettings(
                history.zone(),
                history.rules(),
                RandomHistory.MAX_RECORD_BYTES,
                1_000L * fate.upTo(100_000),
                Operator.SIGNER);
        boolean changing = fate.oneIn(3);
        boolean losing = !fate.oneIn(3);
        ending = !history.isTimedByBroker() && fate.oneIn(3);
        boolean repairs = !ending && fate.oneIn(2);
        layouts = new Layouts(changing ? Layout.EIGHT : Layout.FUSED);
        oracle = new Oracle(settings, new LineDecoder(), layouts);
        operator = new Operator(history, oracle, layouts, random.split(), changing, repairs);
        log = operator.log(records);
        SimulatedDatabase database = history.isTimedByBroker()
                ? new SimulatedDatabase(census, retention.raw(history, clock), retention.rollups(history, clock))
                : new SimulatedDatabase(census);
        world = new SimulatedWorld(database, oracle, layouts, losing, delaying, fate, census, this::runOthers);
    }

    /** Simulates the life of a seed and returns the events. A failure says how to replay it. */
    static Census simulate(long seed) {
        try {
            return new FoldSimulation(seed).run();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(
                    "seed " + seed + " fails; replay it with mvn -pl core test -Dtest=FoldSimulationTest"
                            + " -Dweir.simulation.seed=" + seed + ": " + e.getMessage(),
                    e);
        }
    }

    /** Returns true if rows expire in this life. */
    boolean expires() {
        return history.isTimedByBroker();
    }

    /**
     * Runs the life and returns the events.
     *
     * @throws Violation at the first fault; exceptions of the fold are thrown as they are
     */
    Census run() {
        new LogCensus(oracle, settings.zone(), census).count(log);
        while (available < log.size()) {
            appendRecords();
            if (ending && fate.oneIn(2)) {
                runTasks(1 + fate.below(6));
                if (endSource() && available == begin) {
                    continue; // the next source has no record yet
                }
            }
            runTasks(MAX_TASKS);
            rest();
            repair();
        }
        world.network().drain();
        compare();
        ended.forEach(EndedSource::check);
        world.store().countExpired();
        return census;
    }

    /** Appends records to the log. If rows expire, none of the records becomes too old before the next rest. */
    private void appendRecords() {
        int next = operator.nextStop(available);
        int first = available + 1;
        available = fate.oneIn(2) ? next : first + fate.below(next - available);
        if (history.isTimedByBroker()) {
            long latest = log.get(first - 1).timestamp() + history.longestAge();
            while (available > first && log.get(available - 1).timestamp() > latest) {
                available--;
            }
        }
        clock.set(log.get(available - 1).timestamp());
    }

    private void runTasks(int tasksOfEach) {
        int queries = layout().queries().size();
        for (int tasks = tasksOfEach * queries; tasks > 0 && !(isCommitted() && fate.oneIn(3)); tasks--) {
            runTask(anyProcess(anyQuery()));
        }
    }

    private boolean isCommitted() {
        return world.ledger().throughOffset() == lastOffset();
    }

    private void runOthers() {
        for (int tasks = 1 + fate.below(3); tasks > 0; tasks--) {
            Query query = anyQuery();
            if (!idle(query).isEmpty() || isRoomFor(query)) {
                runTask(anyProcess(query));
            }
        }
    }

    private void runTask(SimulatedProcess process) {
        try {
            if (fate.oneIn(3)) {
                process.flushBetweenTasks();
            }
            process.runTask(log.subList(0, available));
            idle(process.query()).add(process);
        } catch (TablesException e) {
            world.restarted(process.query());
            idle(process.query()).add(process);
        } catch (SimulatedConnection.Crash e) {
            world.restarted(process.query());
            end(process);
        }
    }

    private void end(SimulatedProcess process) {
        processes.merge(process.query(), -1, Integer::sum);
        process.die();
    }

    private void endAll() {
        List.copyOf(idle.values()).forEach(waiting -> waiting.forEach(this::end));
        idle.clear();
    }

    /** Returns a random query; more often the decider, since all others wait for it. */
    private Query anyQuery() {
        List<Query> queries = layout().queries();
        return queries.get(fate.oneIn(3) ? 0 : fate.below(queries.size()));
    }

    private SimulatedProcess anyProcess(Query query) {
        List<SimulatedProcess> waiting = idle(query);
        if (waiting.isEmpty() || (isRoomFor(query) && fate.oneIn(8))) {
            processes.merge(query, 1, Integer::sum);
            return new SimulatedProcess(settings, world, layout(), query);
        }
        return waiting.remove(fate.below(waiting.size()));
    }

    private List<SimulatedProcess> idle(Query query) {
        return idle.computeIfAbsent(query, none -> new ArrayList<>());
    }

    private boolean isRoomFor(Query query) {
        return processes.getOrDefault(query, 0) < (query.decides() ? MAX_PROCESSES : MAX_FOLLOWERS);
    }

    /** Commits the whole log without faults, and compares the tables with the oracle. */
    private void rest() {
        fate.setCalm(true);
        for (Query query : layout().queries()) {
            SimulatedProcess process = anyProcess(query);
            process.close(log.subList(0, available));
            idle(query).add(process);
        }
        compare();
        if (layouts.changesAfter(lastOffset())) {
            changeLayout();
        }
        if (history.isTimedByBroker()) {
            world.store().commitLog().keep(); // otherwise records that are too old would be replayed
        }
        fate.setCalm(false);
    }

    /**
     * Changes the layout as the application does between two starts: all processes end, and followers begin where the
     * ledger ends.
     */
    private void changeLayout() {
        endAll();
        Layout next = layouts.after(lastOffset());
        fate.count(next == Layout.FUSED ? Event.LAYOUT_CHANGED_TO_FUSED : Event.LAYOUT_CHANGED_TO_EIGHT);
        for (Query query : next.queries()) {
            if (!query.decides()) {
                world.store().followers().write(query, lastOffset(), lastOffset());
            }
        }
        world.store().commitLog().keep();
    }

    /**
     * Repairs raw rows while no process is active; only writes of dead processes may still arrive. Repairs are not in
     * the log: a database that goes back to before them has lost them, so it must not.
     */
    private void repair() {
        List<Repair> repairs = operator.repairsAfter(available);
        if (repairs.isEmpty()) {
            return;
        }
        for (Repair repair : repairs) {
            repair.perform(world.store());
            fate.count(repair.event());
        }
        world.store().commitLog().keep();
        oracle.performed(repairs);
        compare();
    }

    /**
     * Ends the source as an operator does for a broken log: all processes have ended, but some of their writes may be
     * applied later, or again. Returns false if there is no reason to end it.
     */
    private boolean endSource() {
        endAll();
        world.network().deliverDelayed();
        return switch (fate.below(8)) {
            case 0 -> {
                fate.count(Event.SOURCE_RETIRED);
                continueWithAnotherLog(0);
                yield true;
            }
            case 1 -> renew();
            default -> skip();
        };
    }

    /** The log has lost its end, which the ledger accounts for. */
    private boolean renew() {
        int accounted = firstUnaccounted(world.ledger().throughOffset()) - begin;
        if (accounted == 0) {
            return false;
        }
        fate.count(Event.SOURCE_RENEWED);
        continueWithAnotherLog(begin + fate.below(accounted));
        return true;
    }

    private void continueWithAnotherLog(int kept) {
        Layout layout = layout();
        seal(endedSource(Long.MAX_VALUE));
        history.continueAfter(kept == 0 ? fate.below(3) - 1 : log.get(kept - 1).offset());
        List<LogRecord> other = new ArrayList<>(log.subList(0, kept));
        for (int more = log.size() - available + 1 + fate.below(20); more > 0; more--) {
            other.add(history.record());
        }
        log = other;
        available = kept;
        beginSource(kept, layout);
    }

    /** Records have expired that a table needs. */
    private boolean skip() {
        long needed = world.ledger().throughOffset();
        int unaccounted = firstUnaccounted(needed);
        for (Query query : layout().queries()) {
            if (!query.decides()) {
                Long follower = world.store().followers().read(query);
                needed = Math.min(needed, follower == null ? world.throughOffsetBefore() : follower);
            }
        }
        int missed = firstUnaccounted(needed);
        if (missed == available) {
            return false;
        }
        int next = Math.max(missed + fate.upTo(available - missed), unaccounted);
        if (next == log.size()) {
            return false;
        }
        fate.count(missed < unaccounted ? Event.SOURCE_SKIPPED_FOR_A_FOLLOWER : Event.SOURCE_SKIPPED);
        EndedSource source = endedSource(log.get(next).offset());
        rollBack(next);
        seal(source);
        beginSource(next, layout());
        return true;
    }

    private void rollBack(int next) {
        Instant now = Instant.ofEpochMilli(log.get(available - 1).timestamp());
        long from = log.get(next).offset();
        SourceRollback rollback = new SourceRollback(
                new SimulatedRollbackTables(world),
                new LineDecoder(),
                settings.zone(),
                Clock.fixed(now, ZoneOffset.UTC),
                time -> true,
                time -> true);
        int interruptions = 0;
        int done = next;
        while (done < available) {
            int end = Math.min(available, done + fate.upTo(100));
            try {
                if (rollback.remove(from, log.subList(done, end)) > 0) {
                    fate.count(Event.SOURCE_ROLLED_BACK);
                }
                done = end;
            } catch (SimulatedRollbackTables.Interruption e) {
                done = next;
                fate.setCalm(++interruptions == MAX_INTERRUPTIONS);
            }
        }
        fate.setCalm(false);
    }

    private EndedSource endedSource(long from) {
        world.writes().end();
        return new EndedSource(world, oracle, layout(), from);
    }

    private void seal(EndedSource source) {
        source.seal();
        source.check();
        ended.add(source);
    }

    /** Another source begins with a record of the log, in the layout of the one before. */
    private void beginSource(int first, Layout layout) {
        world.store().commitLog().keep();
        layouts = new Layouts(layout);
        oracle = new Oracle(settings, new LineDecoder(), layouts);
        operator = new Operator(history, oracle, layouts, random.split(), false, false);
        operator.take(log, first);
        world = world.next(oracle, layouts, log.get(first).offset(), census);
        begin = first;
    }

    private void compare() {
        fate.count(Event.QUIESCENCE);
        oracle.compare(world.store(), lastOffset());
    }

    private int firstUnaccounted(long throughOffset) {
        int index = begin;
        while (index < available && log.get(index).offset() <= throughOffset) {
            index++;
        }
        return index;
    }

    private Layout layout() {
        return layouts.at(lastOffset());
    }

    private long lastOffset() {
        return log.get(available - 1).offset();
    }
}
