package io.weir.query.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.fold.port.Ledger;
import io.weir.storage.ledger.SourceLedger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PipelineStateTest {

    @Test
    void nothingIsSettledBeforeASourceHasProgress() {
        assertThat(state(Map.of(1, 0L), Map.of(), 1).settledThrough()).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void theSourceFurthestBehindDecides() {
        assertThat(state(Map.of(1, 0L, 2, 0L), Map.of(1, 1000L, 2, 2000L), 1, 2).settledThrough())
                .isEqualTo(1000);
    }

    @Test
    void aSourceWithoutALogIsIgnored() {
        assertThat(state(Map.of(), Map.of(), 1).settledThrough()).isEqualTo(9000);
    }

    private static PipelineState state(Map<Integer, Long> ends, Map<Integer, Long> applied, int... sources) {
        List<SourceLedger> ledgers = IntStream.of(sources)
                .mapToObj(
                        source -> new SourceLedger(source, "readings", "id", source, new Ledger(9, 0, 0, 0, Map.of())))
                .toList();
        return new PipelineState(Instant.ofEpochMilli(9000), ledgers, ends, applied, null, List.of(), Set.of());
    }
}
