package io.weir.core.fold.simulation;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.weir.core.fold.engine.FoldSettings;
import io.weir.core.fold.port.CatalogEntry;
import io.weir.core.fold.port.ElementPosition;
import io.weir.core.fold.port.Ledger;
import io.weir.core.fold.port.LogRecord;
import io.weir.core.fold.port.SkippedReading;
import io.weir.core.fold.port.StoredReading;
import io.weir.core.reading.Reading;
import io.weir.core.reading.RejectReason;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Rollup;
import io.weir.core.rollup.RollupKey;
import io.weir.core.rollup.Scope;
import io.weir.core.rollup.Window;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests that the checks which no mutant triggers can fail: those at rest, since other checks find a fault before. */
class ChecksTest {

    private static final StoredReading FOREIGN = new StoredReading(new Reading("x", "x", "x", 0, 0), 0, 0);

    private final Census census = new Census();
    private final SplittableRandom random = new SplittableRandom(7);
    private final Layouts layouts = new Layouts(Layout.EIGHT);
    private final Oracle oracle = new Oracle(FoldSettings.DEFAULT, new LineDecoder(), layouts);
    private final List<LogRecord> log =
            new Operator(new RandomHistory(random), oracle, layouts, random.split(), false, false).log(50);
    private final Fate fate = new Fate(random, log.size(), census);
    private final SimulatedWorld world =
            new SimulatedWorld(new SimulatedDatabase(census), oracle, layouts, false, true, fate, census, () -> {});

    @BeforeEach
    void commitTheLog() {
        fate.setCalm(true);
        for (Query query : Layout.EIGHT.queries()) {
            new SimulatedProcess(FoldSettings.DEFAULT, world, Layout.EIGHT, query).close(log);
        }
    }

    @Test
    void theTablesPassAsTheyAre() {
        assertThatNoException().isThrownBy(this::compare);
    }

    @Test
    void rawRows() {
        expect(Check.RAW_TABLES, store -> store.rawByDevice()
                .write(FOREIGN.reading().key(), FOREIGN, 0));
    }

    @Test
    void rawRowsByGroup() {
        expect(Check.RAW_TABLES, store -> store.rawByGroup().write(SimulatedStore.GroupRow.of(FOREIGN), FOREIGN, 0));
    }

    @Test
    void rejectedReadings() {
        RejectedRow row = new RejectedRow(RejectReason.MALFORMED, "", ByteBuffer.allocate(0), 0, 0, null);
        expect(Check.REJECTED_TABLE, store -> store.rejected().write(new ElementPosition(0, 99), row, 0));
    }

    @Test
    void catalogEntries() {
        CatalogEntry entry = new CatalogEntry("x", "x", "x");
        expect(Check.CATALOG_TABLE, store -> store.catalog().write(entry, entry, 0));
        assertThatExceptionOfType(Violation.class)
                .isThrownBy(() -> world.writes().writeCatalog(entry))
                .matches(violation -> violation.check() == Check.CATALOG_ROW);
    }

    @Test
    void rollupRows() {
        RollupKey key = new RollupKey(Scope.DEVICE, "x", "x", new Window(Resolution.HOUR, 0, 1));
        Rollup rollup = new Rollup();
        rollup.add(0, "x", 0);
        expect(Check.ROLLUP_TABLES, store -> store.rollups().write(key, RollupState.of(rollup, 0), 0));
    }

    @Test
    void ledger() {
        expect(Check.LEDGER_TABLE, store -> store.ledgers()
                .write(SimulatedStore.LedgerRow.ONLY, Ledger.EMPTY, Long.MAX_VALUE));
    }

    @Test
    void exceptions() {
        ElementPosition nowhere = new ElementPosition(0, 99);
        SkippedReading row = new SkippedReading(nowhere, 0, SkippedReading.Kind.DUPLICATE);
        expect(Check.EXCEPTIONS_TABLE, store -> store.exceptions().write(nowhere, row, 0));
        assertThatExceptionOfType(Violation.class)
                .isThrownBy(() -> world.writes().writeException(row))
                .matches(violation -> violation.check() == Check.EXCEPTION_ROW);
    }

    @Test
    void ledgersOfFollowers() {
        expect(Check.FOLLOWER_LEDGERS, store -> store.followers().write(Query.HOUR_BY_GROUP, 1L, Long.MAX_VALUE));
        assertThatExceptionOfType(Violation.class)
                .isThrownBy(() -> world.writes().writeFollowerLedger(Query.HOUR_BY_GROUP, lastOffset() + 1))
                .matches(violation -> violation.check() == Check.FOLLOWER_AFTER_DECIDER);
    }

    @Test
    void rowsWrittenTwiceWithOneTimestamp() {
        expect(Check.VERSION, store -> {
            store.ledgers().write(SimulatedStore.LedgerRow.ONLY, Ledger.EMPTY, lastOffset());
        });
    }

    private void expect(Check check, Consumer<SimulatedStore> tampering) {
        assertThatExceptionOfType(Violation.class)
                .isThrownBy(() -> {
                    tampering.accept(world.store());
                    compare();
                })
                .matches(violation -> violation.check() == check, "is of " + check);
    }

    private void compare() {
        oracle.compare(world.store(), lastOffset());
    }

    private long lastOffset() {
        return log.get(log.size() - 1).offset();
    }
}
