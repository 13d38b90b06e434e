package io.weir.storage.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.fold.port.Ledger;
import io.weir.storage.run.FeedQuery;
import io.weir.storage.source.SourceId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogProgressTest {

    private final LogProgress progress = new LogProgress();

    @Test
    void nothingIsKnownBeforeTheLedgerPassesAnEnd() {
        progress.saw(1000, Map.of(1, 10L), List.of(ledger(1, 5)));
        assertThat(progress.appliedThrough(1)).isNull();
    }

    @Test
    void aPassedEndProvesWhatIsAppliedAsOfItsTime() {
        progress.saw(1000, Map.of(1, 10L), List.of(ledger(1, 5)));
        progress.saw(2000, Map.of(1, 20L), List.of(ledger(1, 9)));
        assertThat(progress.appliedThrough(1)).isEqualTo(1000);
        progress.saw(3000, Map.of(1, 20L), List.of(ledger(1, 19)));
        assertThat(progress.appliedThrough(1)).isEqualTo(3000);
        progress.saw(4000, Map.of(1, 21L), List.of(ledger(1, 19)));
        assertThat(progress.appliedThrough(1)).isEqualTo(3000);
    }

    @Test
    void theSlowestTableDecides() {
        SourceLedger ahead = ledger(1, 9);
        progress.saw(
                1000,
                Map.of(1, 10L),
                List.of(new SourceLedger(
                        new SourceId(1, "readings", "id", 1),
                        null,
                        ahead.ledger(),
                        Map.of(FeedQuery.DAY_BY_GROUP, 8L))));
        assertThat(progress.appliedThrough(1)).isNull();
        progress.saw(2000, Map.of(1, 10L), List.of(ahead));
        assertThat(progress.appliedThrough(1)).isEqualTo(2000);
    }

    @Test
    void memoryStaysBounded() {
        for (int time = 0; time < 100_000; time++) {
            progress.saw(time, Map.of(1, 10L + time), List.of(ledger(1, 5)));
        }
        progress.saw(100_000, Map.of(1, 200_000L), List.of(ledger(1, 50_009)));
        assertThat(progress.appliedThrough(1)).isBetween(49_000L, 50_000L);
    }

    private static SourceLedger ledger(int source, long through) {
        return new SourceLedger(source, "readings", "id", source, new Ledger(through, 0, 0, 0, Map.of()));
    }
}
