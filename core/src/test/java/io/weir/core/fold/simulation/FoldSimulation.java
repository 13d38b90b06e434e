package io.weir.core.fold.simulation;

import io.weir.core.fold.FoldSettings;
import io.weir.core.fold.Ledger;
import io.weir.core.fold.LogRecord;
import io.weir.core.fold.TablesException;
import java.util.ArrayList;
import java.util.List;
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
    private static final int MAX_TASKS = 40;

    private final Census census = new Census();
    private final FoldSettings settings;
    private final List<LogRecord> log;
    private final Oracle oracle;
    private final Operator operator;
    private final Fate fate;
    private final SimulatedWorld world;
    private final List<SimulatedProcess> idle = new ArrayList<>();
    private int processes;
    private int available;

    FoldSimulation(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RandomHistory history = new RandomHistory(random.split());
        int records = 20 + random.nextInt(990);
        fate = new Fate(random, records, census);
        settings = new FoldSettings(
                history.zone(), history.rules(), RandomHistory.MAX_RECORD_BYTES, fate.upTo(5000), fate.upTo(200));
        oracle = new Oracle(settings, new LineDecoder());
        operator = new Operator(history, oracle, random.split());
        log = operator.log(records);
        world = new SimulatedWorld(oracle, fate, census, this::runOthers);
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
        for (int tasks = MAX_TASKS; tasks > 0 && !(isClosed() && fate.oneIn(3)); tasks--) {
            runTask(anyProcess());
        }
    }

    private boolean isClosed() {
        Ledger ledger = world.store().ledgers().read(SimulatedStore.LedgerRow.ONLY);
        return ledger != null && ledger.throughOffset() == lastOffset();
    }

    private void runOthers() {
        for (int tasks = 1 + fate.below(3); tasks > 0; tasks--) {
            if (!idle.isEmpty() || processes < MAX_PROCESSES) {
                runTask(anyProcess());
            }
        }
    }

    private void runTask(SimulatedProcess process) {
        try {
            process.runTask(log.subList(0, available));
            idle.add(process);
        } catch (TablesException e) {
            idle.add(process);
        } catch (SimulatedTables.Crash e) {
            processes--;
            process.die();
        }
    }

    private SimulatedProcess anyProcess() {
        if (idle.isEmpty() || (processes < MAX_PROCESSES && fate.oneIn(8))) {
            processes++;
            return new SimulatedProcess(settings, world);
        }
        return idle.remove(fate.below(idle.size()));
    }

    /** Nothing goes wrong for a while: the log is closed, and the tables must be as if nothing ever had. */
    private void rest() {
        fate.setCalm(true);
        SimulatedProcess process = anyProcess();
        process.close(log.subList(0, available));
        idle.add(process);
        compare();
        fate.setCalm(false);
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
