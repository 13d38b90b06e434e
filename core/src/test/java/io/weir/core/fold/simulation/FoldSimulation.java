package io.weir.core.fold.simulation;

import io.weir.core.fold.FoldSettings;
import io.weir.core.fold.Ledger;
import io.weir.core.fold.LogRecord;
import io.weir.core.fold.TablesException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * One random life of a source, from a seed: a log that grows, processes that take the source from each other, crash
 * between any two writes, stand still and go on as if nothing had happened, and writes that fail, arrive in any order or
 * much too late. Every write is checked as it arrives, and all tables whenever the log was closed.
 *
 * <p>Everything runs on one thread, and chance is the seed's alone: the same seed lives the same life.
 */
final class FoldSimulation {

    private static final int MAX_PROCESSES = 4;
    private static final int MAX_FOLLOWERS = 2;
    private static final int MAX_TASKS = 40;

    private final Census census = new Census();
    private final FoldSettings settings;
    private final List<LogRecord> log;
    private final Oracle oracle;
    private final Operator operator;
    private final Fate fate;
    private final SimulatedWorld world;
    private final Layouts layouts;

    /** Whether the layout changes in this life, which begins with many queries. */
    private final boolean changing;

    private final Map<Query, List<SimulatedProcess>> idle = new EnumMap<>(Query.class);
    private final Map<Query, Integer> processes = new EnumMap<>(Query.class);
    private int available;

    FoldSimulation(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RandomHistory history = new RandomHistory(random.split());
        int records = 20 + random.nextInt(990);
        fate = new Fate(random, records, census);
        settings = new FoldSettings(
                history.zone(),
                history.rules(),
                RandomHistory.MAX_RECORD_BYTES,
                fate.upTo(5000),
                fate.upTo(200),
                Operator.SIGNER);
        changing = fate.oneIn(3);
        // Repairs are in no log: a database that goes back would lose them. An operator also needs all of it fused.
        boolean losing = changing || fate.oneIn(2);
        layouts = new Layouts(changing ? Layout.EIGHT : Layout.FUSED);
        oracle = new Oracle(settings, new LineDecoder(), layouts);
        operator = new Operator(history, oracle, random.split(), !losing);
        log = operator.log(records);
        world = new SimulatedWorld(oracle, layouts, losing, fate, census, this::runOthers);
    }

    /** Lives the life of a seed, and returns what happened; a failure says how to replay it. */
    static Census live(long seed) {
        try {
            return new FoldSimulation(seed).run();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(
                    "seed " + seed + " fails; replay it with mvn -pl core test -Dtest=FoldSimulationTest"
                            + " -Dweir.simulation.seed=" + seed + ": " + e.getMessage(),
                    e);
        }
    }

    /** Lives it, and returns what happened. Throws a {@link Violation}, or whatever the fold throws, at the first fault. */
    Census run() {
        new LogCensus(oracle, settings.zone(), census).count(log);
        while (available < log.size()) {
            int next = operator.nextRepair(available);
            available = fate.oneIn(2) ? next : available + 1 + fate.below(next - available);
            live();
            rest();
            repair();
        }
        world.network().drain();
        compare();
        return census;
    }

    private void live() {
        int queries = layouts.now().queries().size();
        for (int tasks = MAX_TASKS * queries; tasks > 0 && !(isClosed() && fate.oneIn(3)); tasks--) {
            runTask(anyProcess(anyQuery()));
        }
    }

    private boolean isClosed() {
        Ledger ledger = world.store().ledgers().read(SimulatedStore.LedgerRow.ONLY);
        return ledger != null && ledger.throughOffset() == lastOffset();
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

    /** Mostly the one that decides, since all others wait for it. */
    private Query anyQuery() {
        List<Query> queries = layouts.now().queries();
        return queries.get(fate.oneIn(3) ? 0 : fate.below(queries.size()));
    }

    private SimulatedProcess anyProcess(Query query) {
        List<SimulatedProcess> waiting = idle(query);
        if (waiting.isEmpty() || (isRoomFor(query) && fate.oneIn(8))) {
            processes.merge(query, 1, Integer::sum);
            return new SimulatedProcess(settings, world, layouts.now(), query);
        }
        return waiting.remove(fate.below(waiting.size()));
    }

    private List<SimulatedProcess> idle(Query query) {
        return idle.computeIfAbsent(query, none -> new ArrayList<>());
    }

    private boolean isRoomFor(Query query) {
        return processes.getOrDefault(query, 0) < (query.decides() ? MAX_PROCESSES : MAX_FOLLOWERS);
    }

    /** Nothing goes wrong for a while: the log is closed, and the tables must be as if nothing ever had. */
    private void rest() {
        fate.setCalm(true);
        for (Query query : layouts.now().queries()) {
            SimulatedProcess process = anyProcess(query);
            process.close(log.subList(0, available));
            idle(query).add(process);
        }
        compare();
        if (changing && fate.oneIn(3)) {
            changeLayout();
        }
        fate.setCalm(false);
    }

    /** What the application does between two starts: all processes end, and followers begin where the ledger ends. */
    private void changeLayout() {
        List.copyOf(idle.values()).forEach(waiting -> waiting.forEach(this::end));
        idle.clear();
        Layout next = layouts.now() == Layout.FUSED ? Layout.EIGHT : Layout.FUSED;
        fate.count(next == Layout.FUSED ? Event.LAYOUT_CHANGED_TO_FUSED : Event.LAYOUT_CHANGED_TO_EIGHT);
        layouts.change(lastOffset(), next);
        for (Query query : next.queries()) {
            if (!query.decides()) {
                world.store().followers().write(query, lastOffset(), lastOffset());
            }
        }
        world.store().commitLog().keep();
    }

    /** Nobody is in the midst of anything now; only what the dead have sent may still come. */
    private void repair() {
        List<Repair> repairs = operator.repairsAfter(available);
        for (Repair repair : repairs) {
            repair.perform(world.store());
            fate.count(repair.event());
        }
        oracle.performed(repairs);
        compare();
    }

    private void compare() {
        fate.count(Event.QUIESCENCE);
        oracle.compare(world.store(), lastOffset());
    }

    private long lastOffset() {
        return log.get(available - 1).offset();
    }
}
