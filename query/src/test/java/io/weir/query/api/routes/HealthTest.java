package io.weir.query.api.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.core.fold.port.Ledger;
import io.weir.core.fold.port.TablesException;
import io.weir.query.api.ServedLists;
import io.weir.query.api.routes.Health.State;
import io.weir.query.status.LogView;
import io.weir.query.status.PipelineState;
import io.weir.query.status.PipelineView;
import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.run.FailingQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class HealthTest {

    private static final Instant NOW = Instant.parse("2026-04-02T12:00:00Z");
    private static final Duration STALE = Duration.ofSeconds(6);

    @Test
    void allPartsAreUp() {
        assertThat(states(new PipelineView(state(NOW), true, log(NOW)))).containsExactly(State.UP, State.UP, State.UP);
    }

    /** Frozen: nothing has failed yet, but what was read says nothing about the present. */
    @Test
    void anAnswerThatIsOverdueIsStaleAndNotUpOrDown() {
        Instant before = NOW.minusSeconds(7);
        assertThat(states(new PipelineView(state(before), true, log(NOW))))
                .containsExactly(State.UP, State.STALE, State.UNKNOWN);
        assertThat(states(new PipelineView(state(NOW), true, log(before))))
                .containsExactly(State.STALE, State.UP, State.UNKNOWN);
        assertThat(states(new PipelineView(state(NOW.minusSeconds(6)), true, log(NOW.minusSeconds(6)))))
                .containsExactly(State.UP, State.UP, State.UP);
    }

    @Test
    void whatCassandraAloneCouldTellIsUnknownWhileItIsDown() {
        Instant before = NOW.minusSeconds(40);
        Health.Parts parts = parts(new PipelineView(state(before), false, log(NOW)));
        assertThat(states(parts)).containsExactly(State.UP, State.DOWN, State.UNKNOWN);
        assertThat(parts.cassandra().seen()).isEqualTo(before);
        assertThat(parts.pipeline().seen()).isEqualTo(before);
    }

    @Test
    void aPartThatHasNeverAnsweredHasNotBeenSeen() {
        Health.Parts parts = parts(new PipelineView(null, false, log(NOW)));
        assertThat(states(parts)).containsExactly(State.UP, State.DOWN, State.UNKNOWN);
        assertThat(parts.cassandra().seen()).isNull();
    }

    @Test
    void thePipelineIsUnknownWhileKafkaIsDown() {
        LogView unanswered = new LogView(false, NOW, NOW, Set.of(1), Map.of(1, 10L));
        assertThat(states(new PipelineView(state(NOW), true, unanswered)))
                .containsExactly(State.DOWN, State.UP, State.UNKNOWN);
    }

    @Test
    void aPipelineThatHasReadNothingYetIsUnknown() {
        PipelineState empty = new PipelineState(NOW, List.of(), Map.of(), Map.of(), null, List.of(), Set.of());
        assertThat(states(new PipelineView(empty, true, log(NOW)))).containsExactly(State.UP, State.UP, State.UNKNOWN);
    }

    @Test
    void aFailingQueryIsDownThoughKafkaIsAway() {
        FailingQuery failing = new FailingQuery("readings", "fused", NOW, NOW, 1, 1, "too large", 3, 2);
        PipelineState state =
                new PipelineState(NOW, List.of(ledger()), null, Map.of(), null, List.of(failing), Set.of("readings"));
        LogView unanswered = new LogView(false, NOW, NOW, Set.of(1), Map.of());
        assertThat(states(new PipelineView(state, true, unanswered))).containsExactly(State.DOWN, State.UP, State.DOWN);
    }

    @Test
    @Timeout(60)
    void kafkaIsStillAskedWhileTheTablesCannotBeRead() throws Exception {
        try (ServedLists served =
                ServedLists.live(ServedLists.someReadings(1, 20), Map.of("WEIR_API_REFRESH", "10 milliseconds"))) {
            served.tables.ledgersFail = new TablesException("no node answers");
            JsonNode parts = served.json("/health/parts");
            while (!parts.at("/cassandra/state").asText().equals("down")) {
                parts = served.json("/health/parts");
            }
            Instant failed = Instant.parse(parts.at("/cassandra/seen").asText());
            while (!Instant.parse(parts.at("/kafka/seen").asText()).isAfter(failed)) {
                parts = served.json("/health/parts");
            }
            assertThat(parts.at("/kafka/state").asText()).isEqualTo("up");
            assertThat(parts.at("/pipeline/state").asText()).isEqualTo("unknown");
            assertThat(parts.at("/cassandra/seen").asText()).isEqualTo(failed.toString());
            assertThat(served.get("/health/ready").statusCode()).isEqualTo(503);
            assertThat(served.get("/api/v1/ledger").statusCode()).isEqualTo(503);
        }
    }

    private static Health.Parts parts(PipelineView view) {
        return Health.parts(view, NOW, STALE, true);
    }

    /** The states of Kafka, Cassandra and the pipeline. */
    private static List<State> states(PipelineView view) {
        return states(parts(view));
    }

    private static List<State> states(Health.Parts parts) {
        return List.of(
                parts.kafka().state(),
                parts.cassandra().state(),
                parts.pipeline().state());
    }

    private static PipelineState state(Instant seen) {
        return new PipelineState(
                seen, List.of(ledger()), Map.of(1, 10L), Map.of(1, seen.toEpochMilli()), null, List.of(), Set.of());
    }

    private static LogView log(Instant answered) {
        return new LogView(true, answered, answered, Set.of(1), Map.of(1, 10L));
    }

    private static SourceLedger ledger() {
        return new SourceLedger(1, "readings", "id", 0, new Ledger(9, 10, 10, 0, Map.of()));
    }
}
