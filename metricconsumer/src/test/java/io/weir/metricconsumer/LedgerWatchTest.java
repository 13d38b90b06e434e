package io.weir.metricconsumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.fold.Ledger;
import io.weir.core.fold.TablesException;
import io.weir.storage.SourceId;
import io.weir.storage.read.SourceLedger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgerWatchTest {

    private final List<SourceLedger> ledgers = new ArrayList<>();
    private boolean isAway;
    private boolean hasTables = true;
    private boolean areTablesTold = true;
    private boolean records = true;
    private Instant now = Instant.EPOCH;
    private Map<Integer, Long> committed = Map.of();
    private final LedgerWatch watch = new LedgerWatch(
            "readings",
            () -> {
                if (isAway) {
                    throw new TablesException("away");
                }
                return List.copyOf(ledgers);
            },
            (partition, from, to) -> records,
            Duration.ofSeconds(90),
            new Clock() {

                @Override
                public Instant instant() {
                    return now;
                }

                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }
            },
            () -> {
                if (!areTablesTold) {
                    throw new TablesException("away");
                }
                return hasTables;
            });

    @Test
    void ledgersThatRiseOrStayAreAsTheyMustBe() {
        look(1, 10);
        assertThat(watch.look(committed)).isEmpty();
        assertThat(watch.look(committed)).isEmpty();
        look(1, 11);
        assertThat(watch.look(committed)).isEmpty();
    }

    @Test
    void aLedgerThatGoesBackIsToldOnce() {
        look(1, 10);
        assertThat(watch.look(committed)).isEmpty();
        look(1, 9);
        assertThat(watch.look(committed))
                .contains("Cassandra went back to an older state: source 1 was seen at offset 10 and is at 9");
        assertThat(watch.look(committed)).isEmpty();
    }

    @Test
    void aSourceThatIsGoneWentBack() {
        look(1, 10);
        assertThat(watch.look(committed)).isEmpty();
        ledgers.clear();
        assertThat(watch.look(committed))
                .contains("Cassandra went back to an older state: source 1 was seen at offset 10 and has no row");
    }

    @Test
    void sourcesOfOtherTopicsAreOthersToWatch() {
        ledgers.add(ledger(1, "other", 10));
        assertThat(watch.look(committed)).isEmpty();
        ledgers.clear();
        assertThat(watch.look(committed)).isEmpty();
    }

    @Test
    void aStoreThatIsAwayIsNoRegressionUnlessItsTablesAreGone() {
        look(1, 10);
        assertThat(watch.look(committed)).isEmpty();
        isAway = true;
        assertThat(watch.look(committed)).isEmpty();
        areTablesTold = false;
        assertThat(watch.look(committed)).isEmpty();
        areTablesTold = true;
        hasTables = false;
        assertThat(watch.look(committed)).contains("Cassandra went back to an older state: tables are missing");
        isAway = false;
        look(1, 9);
        assertThat(watch.look(committed))
                .as("what was seen before is not forgotten")
                .isPresent();
    }

    @Test
    void aLedgerThatDoesNotFollowIsToldOnceItsTimeIsUp() {
        committed = Map.of(0, 20L);
        look(1, 9);
        assertThat(watch.look(committed)).isEmpty();
        now = now.plusSeconds(90);
        assertThat(watch.look(committed)).isEmpty();
        now = now.plusMillis(1);
        assertThat(watch.look(committed)).hasValueSatisfying(stall -> assertThat(stall)
                .startsWith("the ledger of partition 0 is at offset 10 for 90 s, though batches to offset 20"));
        assertThat(watch.look(committed)).isEmpty();
    }

    @Test
    void aLedgerThatFollowsHasAllItsTimeAgain() {
        committed = Map.of(0, 20L);
        look(1, 9);
        assertThat(watch.look(committed)).isEmpty();
        now = now.plusSeconds(60);
        look(1, 15);
        assertThat(watch.look(committed)).isEmpty();
        now = now.plusSeconds(60);
        assertThat(watch.look(committed)).isEmpty();
        look(1, 19);
        now = now.plusSeconds(60);
        assertThat(watch.look(committed)).as("it has come to the end").isEmpty();
        now = now.plusSeconds(600);
        assertThat(watch.look(committed)).isEmpty();
    }

    @Test
    void offsetsWithoutRecordsNeedNoAccount() {
        committed = Map.of(0, 20L);
        records = false;
        look(1, 9);
        assertThat(watch.look(committed)).isEmpty();
        now = now.plusSeconds(100);
        assertThat(watch.look(committed)).isEmpty();
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
