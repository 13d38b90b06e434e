package io.weir.core.fold.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.fold.engine.DecidingFold;
import io.weir.core.fold.engine.FoldSettings;
import io.weir.core.fold.port.Ledger;
import io.weir.core.fold.port.LogRecord;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Tests what a fold takes from memory and what from the tables when it is opened again. */
class FoldOpeningTest {

    private static final int CLOSED = 30;
    private static final int RECORDS = 40;

    private final Census census = new Census();
    private final SplittableRandom random = new SplittableRandom(11);
    private final Layouts layouts = new Layouts(Layout.FUSED);
    private final Oracle oracle = new Oracle(FoldSettings.DEFAULT, new LineDecoder(), layouts);
    private final List<LogRecord> log =
            new Operator(new RandomHistory(random), oracle, layouts, random.split(), false, false).log(RECORDS);
    private final Fate fate = new Fate(random, log.size(), census);
    private final SimulatedWorld world =
            new SimulatedWorld(new SimulatedDatabase(census), oracle, layouts, true, true, fate, census, () -> {});

    /**
     * A process has read rows that a dead process wrote beyond the ledger. The store loses them and the ledger; another
     * process commits the same prefix again. The ledger is then as the first process left it, but its rows are gone.
     */
    @Test
    void dropsTheCacheInANewEpochEvenIfTheLedgerIsTheSame() {
        fate.setCalm(true);
        DecidingFold dead = fold();
        dead.open();
        dead.apply(log);
        dead.beginFlush(0.5);
        world.network().drain();
        DecidingFold first = fold();
        close(first, CLOSED);
        world.store().commitLog().restart(world.store().commitLog().losable());
        close(fold(), CLOSED);

        close(first, RECORDS);

        long last = log.get(RECORDS - 1).offset();
        assertThat(first.throughOffset()).isEqualTo(last);
        oracle.compare(world.store(), last);
    }

    @Test
    void keepsUnflushedRecordsInMemory() {
        fate.setCalm(true);
        DecidingFold fold = fold();
        leave(fold, 0, CLOSED);

        fold.open();
        assertThat(fold.throughOffset()).isEqualTo(Ledger.NOTHING);
        assertThat(fold.appliedThrough()).isEqualTo(offset(CLOSED));
        fold.apply(log.subList(CLOSED, RECORDS));
        fold.flush();

        oracle.compare(world.store(), offset(RECORDS));
    }

    @Test
    void skipsUnflushedRecordsInAReplay() {
        fate.setCalm(true);
        DecidingFold fold = fold();
        leave(fold, 0, CLOSED);

        leave(fold, 0, RECORDS);
        fold.flush();

        oracle.compare(world.store(), offset(RECORDS));
    }

    @Test
    void resumesFromTheLedgerOfAProcessThatIsAhead() {
        fate.setCalm(true);
        DecidingFold behind = fold();
        leave(behind, 0, CLOSED);
        close(fold(), RECORDS);

        behind.open();

        assertThat(behind.throughOffset()).isEqualTo(offset(RECORDS));
        assertThat(behind.appliedThrough()).isEqualTo(offset(RECORDS));
    }

    @Test
    void keepsItsMemoryIfTheStoredLedgerIsBehindIt() {
        fate.setCalm(true);
        DecidingFold ahead = fold();
        leave(ahead, 0, RECORDS - 1);
        close(fold(), CLOSED);

        ahead.open();
        assertThat(ahead.appliedThrough()).isEqualTo(offset(RECORDS - 1));
        ahead.apply(log.subList(RECORDS - 1, RECORDS));
        ahead.flush();

        oracle.compare(world.store(), offset(RECORDS));
    }

    @Test
    void resumesFromALedgerThatWentBack() {
        fate.setCalm(true);
        DecidingFold fold = fold();
        close(fold, CLOSED);
        leave(fold, CLOSED, RECORDS);
        world.store().ledgers().delete(SimulatedStore.LedgerRow.ONLY, offset(RECORDS));

        fold.open();

        assertThat(fold.throughOffset()).isEqualTo(Ledger.NOTHING);
        assertThat(fold.appliedThrough()).isEqualTo(Ledger.NOTHING);
    }

    private long offset(int records) {
        return log.get(records - 1).offset();
    }

    private void leave(DecidingFold fold, int from, int to) {
        fold.open();
        fold.apply(log.subList(from, to));
        fold.awaitReadings();
    }

    private DecidingFold fold() {
        SimulatedTables tables = new SimulatedTables(new SimulatedConnection(world, Query.RAW_BY_DEVICE), Layout.FUSED);
        return new DecidingFold(FoldSettings.DEFAULT, new LineDecoder(), tables, (from, to) -> false);
    }

    private void close(DecidingFold fold, int records) {
        fold.open();
        fold.apply(log.subList(0, records));
        fold.flush();
    }
}
