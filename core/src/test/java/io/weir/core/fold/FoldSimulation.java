package io.weir.core.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.reading.ReadingRules;
import io.weir.core.rollup.Rollup;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;

/**
 * One random life of the fold, from a seed: a log, failures between any two writes, restarts in the same process and in
 * new ones, from any offset at or before the ledger's; in the end the store must equal the oracle.
 */
final class FoldSimulation {

    private static final List<String> ZONES =
            List.of("UTC", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe", "America/New_York");
    private static final int MAX_FAILURES = 40;

    private final LineDecoder decoder = new LineDecoder();
    private final SimulatedStore store = new SimulatedStore();
    private final Random random;
    private final FoldSettings settings;
    private final List<LogRecord> log;
    int failures;

    FoldSimulation(long seed) {
        random = new Random(seed);
        ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
        settings = new FoldSettings(zone, ReadingRules.DEFAULT, 1000, 1 + random.nextInt(60), 1 + random.nextInt(40));
        log = new RandomHistory(random).records(20 + random.nextInt(300));
    }

    int records() {
        return log.size();
    }

    void run() {
        SourceFold fold = newProcess();
        while (true) {
            try {
                fold.open();
                applyFrom(fold, restartIndex());
                if (failures > MAX_FAILURES || random.nextInt(3) > 0) {
                    break;
                }
                failures++; // a clean stop: the next run may go on with what is in memory
            } catch (TablesException injected) {
                failures++;
                if (random.nextDouble() < 0.6) {
                    fold = newProcess();
                }
            }
        }
        store.strays.forEach(Runnable::run);
        compareWithOracle();
    }

    private SourceFold newProcess() {
        double failureRate = failures > MAX_FAILURES ? 0 : 0.01;
        return new SourceFold(settings, decoder, new SimulatedTables(store, random, failureRate));
    }

    private int restartIndex() {
        Ledger ledger = store.ledger();
        long through = ledger == null ? Ledger.NOTHING : ledger.throughOffset();
        int latest = 0;
        while (latest < log.size() && log.get(latest).offset() <= through) {
            latest++;
        }
        return random.nextInt(5) == 0 ? 0 : random.nextInt(latest + 1);
    }

    private void applyFrom(SourceFold fold, int index) {
        while (index < log.size()) {
            int end = Math.min(log.size(), index + 1 + random.nextInt(25));
            fold.apply(log.subList(index, end));
            index = end;
            if (random.nextInt(3) == 0) {
                fold.flush();
            }
        }
        fold.flush();
    }

    private void compareWithOracle() {
        Oracle oracle = new Oracle(settings, decoder, log);
        assertThat(store.ledger()).isEqualTo(oracle.ledger());
        assertThat(store.ledger().balances()).isTrue();
        assertThat(store.readings()).isEqualTo(oracle.readings);
        assertThat(store.rejected()).isEqualTo(oracle.rejected);
        assertThat(store.rollups()).containsOnlyKeys(oracle.rollups.keySet());
        store.rollups().forEach((key, row) -> {
            assertThat(row.throughOffset()).isEqualTo(oracle.throughOffsets.get(key));
            assertSame(row.rollup(), oracle.rollups.get(key));
        });
    }

    /** Bit for bit: the log gives the order, so even the sums have no room to differ. */
    private static void assertSame(Rollup found, Rollup expected) {
        assertThat(state(found)).isEqualTo(state(expected));
        assertThat(found.sketch()).isEqualTo(expected.sketch());
    }

    private static List<Object> state(Rollup rollup) {
        return List.of(
                rollup.count(),
                rollup.rawSum(),
                rollup.compensation(),
                rollup.squaredDeviations(),
                rollup.min(),
                rollup.max(),
                rollup.first(),
                rollup.last());
    }
}
