package io.weir.query.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.fold.port.Ledger;
import io.weir.query.status.PipelineState;
import io.weir.storage.ledger.SourceLedger;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LogProgressTest {

    private final LogProgress progress = new LogProgress();

    @Test
    void nothingIsKnownBeforeTheLedgerPassesAnEnd() {
        progress.saw(1000, Map.of(1, 10L), List.of(ledger(1, 5)));
        assertThat(progress.appliedThrough(1)).isNull();
        assertThat(state(ledger(1, 5)).settledThrough()).isEqualTo(Long.MIN_VALUE);
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
    void theSourceFurthestBehindDecides() {
        progress.saw(1000, Map.of(1, 10L, 2, 10L), List.of(ledger(1, 9), ledger(2, 9)));
        progress.saw(2000, Map.of(1, 20L, 2, 20L), List.of(ledger(1, 9), ledger(2, 19)));
        assertThat(state(ledger(1, 9), ledger(2, 19)).settledThrough()).isEqualTo(1000);
    }

    @Test
    void aSourceWithoutALogIsIgnored() {
        PipelineState state = new PipelineState(
                Instant.ofEpochMilli(5000), List.of(ledger(1, 9)), Map.of(), Map.of(), null, List.of(), Set.of());
        assertThat(state.settledThrough()).isEqualTo(5000);
    }

    @Test
    void memoryStaysBounded() {
        for (int time = 0; time < 100_000; time++) {
            progress.saw(time, Map.of(1, 10L + time), List.of(ledger(1, 5)));
        }
        progress.saw(100_000, Map.of(1, 200_000L), List.of(ledger(1, 50_009)));
        assertThat(progress.appliedThrough(1)).isBetween(49_000L, 50_000L);
    }

    private PipelineState state(SourceLedger... ledgers) {
        Map<Integer, Long> applied = new HashMap<>();
        for (SourceLedger ledger : ledgers) {
            Long through = progress.appliedThrough(ledger.source());
            if (through != null) {
                applied.put(ledger.source(), through);
            }
        }
        return new PipelineState(
                Instant.ofEpochMilli(9000), List.of(ledgers), Map.of(1, 0L, 2, 0L), applied, null, List.of(), Set.of());
    }

    private static SourceLedger ledger(int source, long through) {
        return new SourceLedger(source, "readings", "id", source, new Ledger(through, 0, 0, 0, Map.of()));
    }
}
