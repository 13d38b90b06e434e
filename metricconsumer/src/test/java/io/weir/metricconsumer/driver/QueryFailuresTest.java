package io.weir.metricconsumer.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.core.fold.port.TablesException;
import io.weir.metricconsumer.failure.RepeatedFailureException;
import io.weir.metricconsumer.failure.SourceFailedException;
import io.weir.storage.run.FailingQuery;
import io.weir.storage.source.SourceId;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueryFailuresTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final RuntimeException PERMANENT = new IllegalStateException("a record cannot be decoded");
    private static final RuntimeException TRANSIENT = new TablesException("the store is in another epoch");

    private final List<String> notices = new ArrayList<>();
    private Instant now = START;
    private final QueryFailures failures = new QueryFailures("readings", "fused", 3, clock(), notices::add);

    @Test
    void aQueryIsStartingUntilItsFirstBatch() {
        assertThat(failures.query()).isEqualTo("fused");
        assertThat(failures.state()).hasValue(FailingQuery.starting("readings", "fused", START));
        failures.recordSuccess();
        assertThat(failures.state()).isEmpty();
        assertThat(notices).isEmpty();
    }

    @Test
    void theStateHasStartCountAndMessageOfTheFailures() {
        fail(5, PERMANENT);
        fail(7, TRANSIENT);
        assertThat(failures.state())
                .hasValue(new FailingQuery(
                        "readings",
                        "fused",
                        START.plusSeconds(5),
                        START.plusSeconds(7),
                        2,
                        1,
                        "the store is in another epoch",
                        null,
                        null));
    }

    @Test
    void theStateNamesTheFailedSource() {
        fail(
                5,
                new IllegalStateException(new SourceFailedException(
                        new SourceId(3, "readings", "id", 2, 0), 77, new IllegalArgumentException("too large"))));
        assertThat(failures.state()).hasValueSatisfying(state -> {
            assertThat(state.source()).isEqualTo(3);
            assertThat(state.partition()).isEqualTo(2);
            assertThat(state.message())
                    .isEqualTo("java.lang.IllegalArgumentException: too large (at offset 77 or before it)");
        });
    }

    @Test
    void permanentFailuresUpToTheLimitEndTheLoopWithARemedy() {
        fail(1, PERMANENT);
        fail(2, PERMANENT);
        assertThatThrownBy(() -> fail(3, PERMANENT))
                .isInstanceOf(RepeatedFailureException.class)
                .hasMessageStartingWith("the query fused of the topic readings is failing since 2026-03-01T10:00:01Z,"
                        + " 3 times, last at 2026-03-01T10:00:03Z: java.lang.IllegalStateException: a record")
                .hasMessageContaining("3 times with errors that a retry cannot fix")
                .hasMessageContaining("weir.pipeline.max-failures")
                .hasMessageContaining("then start again");
    }

    @Test
    void theNextStartMayFailAsOftenAgain() {
        fail(1, PERMANENT);
        fail(2, PERMANENT);
        assertThatThrownBy(() -> fail(3, PERMANENT)).isInstanceOf(RepeatedFailureException.class);

        QueryFailures next = new QueryFailures("readings", "fused", 3, clock(), notices::add);
        next.resume(failures.state().orElseThrow());
        next.recordFailure(PERMANENT);
        next.recordFailure(PERMANENT);
        assertThat(next.state()).hasValueSatisfying(state -> {
            assertThat(state.failures()).isEqualTo(5);
            assertThat(state.since()).isEqualTo(START.plusSeconds(1));
        });
        assertThatThrownBy(() -> next.recordFailure(PERMANENT)).isInstanceOf(RepeatedFailureException.class);
    }

    @Test
    void transientFailuresNeverEndTheLoop() {
        assertThatCode(() -> {
                    for (int i = 0; i < 1000; i++) {
                        fail(i, TRANSIENT);
                    }
                })
                .doesNotThrowAnyException();
        fail(1001, PERMANENT);
        fail(1002, TRANSIENT);
        fail(1003, PERMANENT);
        assertThatThrownBy(() -> fail(1004, PERMANENT)).isInstanceOf(RepeatedFailureException.class);
    }

    @Test
    void aCompletedBatchResetsTheCount() {
        fail(1, PERMANENT);
        fail(2, PERMANENT);
        failures.recordSuccess();
        fail(4, PERMANENT);
        assertThat(failures.state()).hasValueSatisfying(state -> {
            assertThat(state.failures()).isEqualTo(1);
            assertThat(state.since()).isEqualTo(START.plusSeconds(4));
        });
        assertThat(notices.get(2))
                .isEqualTo("the query fused of the topic readings has recovered after 2 failures since"
                        + " 2026-03-01T10:00:01Z");
    }

    @Test
    void crashesCountAsFailures() {
        failures.recordCrash();
        failures.recordCrash();
        assertThatThrownBy(failures::recordCrash)
                .isInstanceOf(RepeatedFailureException.class)
                .hasMessageContaining("it ran out of memory, was killed, or lost its machine");
    }

    @Test
    void noticesBecomeRarerWithEachFailure() {
        for (int i = 0; i < 100; i++) {
            fail(i, TRANSIENT);
        }
        assertThat(notices).hasSize(7); // 1, 2, 4, 8, 16, 32, 64
        assertThat(notices.get(0))
                .isEqualTo("the query fused of the topic readings is failing since 2026-03-01T10:00:00Z, 1 time, last"
                        + " at 2026-03-01T10:00:00Z: the store is in another epoch. It is restarted until it"
                        + " succeeds");
    }

    @Test
    void withoutALimitPermanentFailuresDoNotEndTheLoop() {
        QueryFailures endless = new QueryFailures("readings", "day_by_group", null, clock(), notices::add);
        assertThatCode(() -> {
                    for (int i = 0; i < 1000; i++) {
                        endless.recordFailure(PERMANENT);
                    }
                })
                .doesNotThrowAnyException();
        assertThat(notices.get(0)).endsWith("a record cannot be decoded. It is restarted");
    }

    private void fail(int second, RuntimeException failure) {
        now = START.plusSeconds(second);
        failures.recordFailure(failure);
    }

    private Clock clock() {
        InstantSource source = () -> now;
        return source.withZone(ZoneOffset.UTC);
    }
}
