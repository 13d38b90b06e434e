package io.weir.metricconsumer.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.fold.port.Ledger;
import io.weir.core.fold.port.TablesException;
import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.source.SourceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgerWatchTest {

    private final List<SourceLedger> ledgers = new ArrayList<>();
    private boolean isUnavailable;
    private boolean hasTables = true;
    private boolean isSchemaAvailable = true;
    private boolean hasRecords = true;
    private long now = Long.MAX_VALUE - 1; // as System.nanoTime may overflow
    private Map<Integer, Long> committed = Map.of();
    private final LedgerWatch watch = new LedgerWatch(
            "readings",
            () -> {
                if (isUnavailable) {
                    throw new TablesException("Cassandra is unavailable");
                }
                return List.copyOf(ledgers);
            },
            (partition, from, to) -> hasRecords,
            Duration.ofSeconds(90),
            () -> now,
            () -> {
                if (!isSchemaAvailable) {
                    throw new TablesException("Cassandra is unavailable");
                }
                return hasTables;
            });

    @Test
    void ledgersThatRiseOrStayAreNotReported() {
        setLedger(1, 10);
        assertThat(watch.check(committed)).isEmpty();
        assertThat(watch.check(committed)).isEmpty();
        setLedger(1, 11);
        assertThat(watch.check(committed)).isEmpty();
    }

    @Test
    void aLedgerThatGoesBackIsReportedOnce() {
        setLedger(1, 10);
        assertThat(watch.check(committed)).isEmpty();
        setLedger(1, 9);
        assertThat(watch.check(committed))
                .contains("Cassandra went back to an older state: source 1 was seen at offset 10 and is at 9");
        assertThat(watch.check(committed)).isEmpty();
    }

    @Test
    void aMissingLedgerIsReported() {
        setLedger(1, 10);
        assertThat(watch.check(committed)).isEmpty();
        ledgers.clear();
        assertThat(watch.check(committed))
                .contains("Cassandra went back to an older state: source 1 was seen at offset 10 and has no row");
    }

    @Test
    void sourcesOfOtherTopicsAreIgnored() {
        ledgers.add(ledger(1, "other", 10));
        assertThat(watch.check(committed)).isEmpty();
        ledgers.clear();
        assertThat(watch.check(committed)).isEmpty();
    }

    @Test
    void anUnavailableStoreIsNotReportedUnlessItsTablesAreMissing() {
        setLedger(1, 10);
        assertThat(watch.check(committed)).isEmpty();
        isUnavailable = true;
        assertThat(watch.check(committed)).isEmpty();
        isSchemaAvailable = false;
        assertThat(watch.check(committed)).isEmpty();
        isSchemaAvailable = true;
        hasTables = false;
        assertThat(watch.check(committed)).contains("Cassandra went back to an older state: tables are missing");
        isUnavailable = false;
        setLedger(1, 9);
        assertThat(watch.check(committed))
                .as("compared with what was seen before the outage")
                .isPresent();
    }

    @Test
    void aLedgerThatStallsIsReportedAfterItsTimeLimit() {
        committed = Map.of(0, 20L);
        setLedger(1, 9);
        assertThat(watch.check(committed)).isEmpty();
        now += Duration.ofSeconds(90).toNanos();
        assertThat(watch.check(committed)).isEmpty();
        now++;
        assertThat(watch.check(committed)).hasValueSatisfying(stall -> assertThat(stall)
                .startsWith("the ledger of partition 0 has been at offset 10 for 90 s, although batches to offset 20"));
        assertThat(watch.check(committed)).isEmpty();
    }

    @Test
    void progressOfALedgerRestartsItsTimeLimit() {
        committed = Map.of(0, 20L);
        setLedger(1, 9);
        assertThat(watch.check(committed)).isEmpty();
        now += Duration.ofSeconds(60).toNanos();
        setLedger(1, 15);
        assertThat(watch.check(committed)).isEmpty();
        now += Duration.ofSeconds(60).toNanos();
        assertThat(watch.check(committed)).isEmpty();
        setLedger(1, 19);
        now += Duration.ofSeconds(60).toNanos();
        assertThat(watch.check(committed))
                .as("it has reached the committed offset")
                .isEmpty();
        now += Duration.ofSeconds(600).toNanos();
        assertThat(watch.check(committed)).isEmpty();
    }

    @Test
    void offsetsWithoutRecordsAreNoStall() {
        committed = Map.of(0, 20L);
        hasRecords = false;
        setLedger(1, 9);
        assertThat(watch.check(committed)).isEmpty();
        now += Duration.ofSeconds(100).toNanos();
        assertThat(watch.check(committed)).isEmpty();
    }

    private void setLedger(int source, long throughOffset) {
        ledgers.clear();
        ledgers.add(ledger(source, "readings", throughOffset));
    }

    private static SourceLedger ledger(int source, String topic, long throughOffset) {
        return new SourceLedger(
                new SourceId(source, topic, "id", 0), null, new Ledger(throughOffset, 0, 0, 0, Map.of()), Map.of());
    }
}
