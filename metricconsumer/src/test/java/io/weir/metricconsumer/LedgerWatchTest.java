package io.weir.metricconsumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.fold.Ledger;
import io.weir.core.fold.TablesException;
import io.weir.storage.SourceId;
import io.weir.storage.read.SourceLedger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgerWatchTest {

    private final List<SourceLedger> ledgers = new ArrayList<>();
    private boolean isAway;
    private boolean hasTables = true;
    private final LedgerWatch watch = new LedgerWatch(
            "readings",
            () -> {
                if (isAway) {
                    throw new TablesException("away");
                }
                return List.copyOf(ledgers);
            },
            () -> hasTables);

    @Test
    void ledgersThatRiseOrStayAreAsTheyMustBe() {
        look(1, 10);
        assertThat(watch.findRegression()).isEmpty();
        assertThat(watch.findRegression()).isEmpty();
        look(1, 11);
        assertThat(watch.findRegression()).isEmpty();
    }

    @Test
    void aLedgerThatGoesBackIsToldOnce() {
        look(1, 10);
        assertThat(watch.findRegression()).isEmpty();
        look(1, 9);
        assertThat(watch.findRegression()).contains("source 1 was seen at offset 10 and is at 9");
        assertThat(watch.findRegression()).isEmpty();
    }

    @Test
    void aSourceThatIsGoneWentBack() {
        look(1, 10);
        assertThat(watch.findRegression()).isEmpty();
        ledgers.clear();
        assertThat(watch.findRegression()).contains("source 1 was seen at offset 10 and has no row");
    }

    @Test
    void sourcesOfOtherTopicsAreOthersToWatch() {
        ledgers.add(ledger(1, "other", 10));
        assertThat(watch.findRegression()).isEmpty();
        ledgers.clear();
        assertThat(watch.findRegression()).isEmpty();
    }

    @Test
    void aStoreThatIsAwayIsNoRegressionUnlessItsTablesAreGone() {
        look(1, 10);
        assertThat(watch.findRegression()).isEmpty();
        isAway = true;
        assertThat(watch.findRegression()).isEmpty();
        hasTables = false;
        assertThat(watch.findRegression()).contains("tables are missing");
        isAway = false;
        look(1, 9);
        assertThat(watch.findRegression())
                .as("what was seen before is not forgotten")
                .isPresent();
    }

    private void look(int source, long throughOffset) {
        ledgers.clear();
        ledgers.add(ledger(source, "readings", throughOffset));
    }

    private static SourceLedger ledger(int source, String topic, long throughOffset) {
        return new SourceLedger(
                new SourceId(source, topic, "id", 0), null, new Ledger(throughOffset, 0, 0, 0, Map.of()), Map.of());
    }
}
