package io.weir.metricconsumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.core.fold.TablesException;
import io.weir.storage.FailingQuery;
import io.weir.storage.SourceId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueryFailuresTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final RuntimeException LASTING = new IllegalStateException("a record cannot be decoded");
    private static final RuntimeException PASSING = new TablesException("the store is in another epoch");

    private final List<String> notices = new ArrayList<>();
    private Instant now = START;
    private final QueryFailures failures = new QueryFailures("readings", "fused", 3, clock(), notices::add);

    @Test
    void beforeTheFirstBatchItIsStartingAndHasNotFailed() {
        assertThat(failures.query()).isEqualTo("fused");
        assertThat(failures.state()).hasValue(FailingQuery.starting("readings", "fused", START));
        failures.gotOn();
        assertThat(failures.state()).isEmpty();
        assertThat(notices).isEmpty();
    }

    @Test
    void aFailureSaysSinceWhenHowOftenAndWhy() {
        fail(5, LASTING);
        fail(7, PASSING);
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
    void theFailureOfASourceNamesIt() {
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
    void asManyLastingFailuresAsTheLimitEndTheLoopWithTheRemedy() {
        fail(1, LASTING);
        fail(2, LASTING);
        assertThatThrownBy(() -> fail(3, LASTING))
                .isInstanceOf(RepeatedFailureException.class)
                .hasMessageStartingWith("the query fused of the topic readings is failing since 2026-03-01T10:00:01Z,"
                        + " 3 times, last at 2026-03-01T10:00:03Z: java.lang.IllegalStateException: a record")
                .hasMessageContaining("3 times in a way that repeating cannot mend")
                .hasMessageContaining("weir.pipeline.max-failures")
                .hasMessageContaining("then start again");
    }

    @Test
    void theNextStartMayTryAsOften() {
        fail(1, LASTING);
        fail(2, LASTING);
        assertThatThrownBy(() -> fail(3, LASTING)).isInstanceOf(RepeatedFailureException.class);

        QueryFailures next = new QueryFailures("readings", "fused", 3, clock(), notices::add);
        next.resume(failures.state().orElseThrow());
        next.failed(LASTING);
        next.failed(LASTING);
        assertThat(next.state()).hasValueSatisfying(state -> {
            assertThat(state.failures()).isEqualTo(5);
            assertThat(state.since()).isEqualTo(START.plusSeconds(1));
        });
        assertThatThrownBy(() -> next.failed(LASTING)).isInstanceOf(RepeatedFailureException.class);
    }

    @Test
    void failuresThatMayPassNeverEndTheLoop() {
        assertThatCode(() -> {
                    for (int i = 0; i < 1000; i++) {
                        fail(i, PASSING);
                    }
                })
                .doesNotThrowAnyException();
        fail(1001, LASTING);
        fail(1002, PASSING);
        fail(1003, LASTING);
        assertThatThrownBy(() -> fail(1004, LASTING)).isInstanceOf(RepeatedFailureException.class);
    }

    @Test
    void aCompletedBatchBeginsTheCountAnew() {
        fail(1, LASTING);
        fail(2, LASTING);
        failures.gotOn();
        fail(4, LASTING);
        assertThat(failures.state()).hasValueSatisfying(state -> {
            assertThat(state.failures()).isEqualTo(1);
            assertThat(state.since()).isEqualTo(START.plusSeconds(4));
        });
        assertThat(notices.get(2))
                .isEqualTo("the query fused of the topic readings gets on again, after 2 failures since"
                        + " 2026-03-01T10:00:01Z");
    }

    @Test
    void crashesCountAsFailures() {
        failures.crashed();
        failures.crashed();
        assertThatThrownBy(failures::crashed)
                .isInstanceOf(RepeatedFailureException.class)
                .hasMessageContaining("it ran out of memory, was killed, or lost its machine");
    }

    @Test
    void theOperatorIsToldOfTheFirstFailureAndThenEverLessOften() {
        for (int i = 0; i < 100; i++) {
            fail(i, PASSING);
        }
        assertThat(notices).hasSize(7); // 1, 2, 4, 8, 16, 32, 64
        assertThat(notices.get(0))
                .isEqualTo("the query fused of the topic readings is failing since 2026-03-01T10:00:00Z, 1 time, last"
                        + " at 2026-03-01T10:00:00Z: the store is in another epoch. It is started again until that has"
                        + " passed");
    }

    @Test
    void withoutALimitNothingEndsTheLoop() {
        QueryFailures endless = new QueryFailures("readings", "day_by_group", null, clock(), notices::add);
        assertThatCode(() -> {
                    for (int i = 0; i < 1000; i++) {
                        endless.failed(LASTING);
                    }
                })
                .doesNotThrowAnyException();
        assertThat(notices.get(0)).endsWith("a record cannot be decoded. It is started again");
    }

    private void fail(int second, RuntimeException failure) {
        now = START.plusSeconds(second);
        failures.failed(failure);
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }
}
