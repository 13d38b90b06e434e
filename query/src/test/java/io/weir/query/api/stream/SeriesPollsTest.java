package io.weir.query.api.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.core.fold.port.Ledger;
import io.weir.core.fold.port.TablesException;
import io.weir.core.reading.Reading;
import io.weir.core.rollup.Resolution;
import io.weir.query.RollupFunction;
import io.weir.query.WindowValues;
import io.weir.query.api.ServedLists;
import io.weir.query.api.http.CallerSlots;
import io.weir.query.api.http.ProblemException;
import io.weir.query.api.http.ResponseMemory;
import io.weir.query.status.PipelineState;
import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.raw.RawReading;
import io.weir.storage.read.ScopedMetric;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SeriesPollsTest {

    private static final SeriesPolls.Key A = key("a");
    private static final SeriesPolls.Key B = key("b");
    private static final SeriesPolls.Key C = key("c");

    private final ServedLists served = ServedLists.start(
            List.of(new RawReading(new Reading("a", "g", "m", ServedLists.NOW.toEpochMilli() - 1000, 7), 1, 0)));
    private final SeriesPolls polls = new SeriesPolls(served.system, 2);

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void streamsShareOneReadOfASeriesForEachChange() {
        polls.watch(Set.of(A, B));
        polls.watch(Set.of(A));
        PipelineState first = state(0, 1);
        for (int stream = 0; stream < 10; stream++) {
            List<WindowValues> windows = polls.newest(A, first);
            assertThat(windows).hasSize(1);
            assertThat(windows.get(0).values()).containsExactly(7.0);
            assertThat(polls.newest(B, first)).isEmpty();
        }
        assertThat(reads()).isEqualTo(2);

        polls.newest(A, state(1, 1));
        assertThat(reads()).as("after a state without progress").isEqualTo(2);

        polls.newest(A, state(2, 2));
        polls.newest(A, first);
        assertThat(reads()).as("after progress").isEqualTo(3);
    }

    @Test
    void windowsMoveWithTheClock() {
        polls.watch(Set.of(A));
        assertThat(polls.newest(A, state(0, 1))).hasSize(1);

        assertThat(polls.newest(A, state(Duration.ofHours(2).toSeconds(), 1))).isEmpty();
    }

    @Test
    void aFailureReachesAllStreamsAndIsRetriedWithTheNextChange() {
        polls.watch(Set.of(A));
        served.tables.fails = new TablesException("away");
        PipelineState failing = state(0, 1);
        for (int stream = 0; stream < 3; stream++) {
            assertThatThrownBy(() -> polls.newest(A, failing)).isInstanceOf(TablesException.class);
        }
        assertThat(reads()).isEqualTo(1);
        served.tables.fails = null;

        assertThat(polls.newest(A, state(1, 1))).hasSize(1);
    }

    @Test
    void polledSeriesAreLimited() {
        polls.watch(Set.of(A, B));
        assertThatThrownBy(() -> polls.watch(Set.of(A, C)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().status()).isEqualTo(503))
                .hasMessageContaining("load.max-stream-series is 2");
        polls.watch(Set.of(A));

        polls.release(Set.of(A, B));

        polls.watch(Set.of(A, C));
        assertThat(polls.newest(B, state(0, 1))).as("not watched any more").isEmpty();
        assertThat(reads()).isZero();
    }

    @Test
    void theSlotsOfACallerAreLimited() {
        CallerSlots slots = new CallerSlots(2);
        assertThat(slots.tryTake("a")).isTrue();
        assertThat(slots.tryTake("a")).isTrue();
        assertThat(slots.tryTake("a")).isFalse();
        assertThat(slots.tryTake("b")).isTrue();
        slots.release("a");
        assertThat(slots.tryTake("a")).isTrue();
        assertThat(slots.tryTake("a")).isFalse();
    }

    @Test
    void theMemoryOfAnswersIsLimited() {
        ResponseMemory memory = new ResponseMemory(100);
        memory.take(60);
        assertThatThrownBy(() -> memory.take(41))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().status()).isEqualTo(503))
                .hasMessageContaining("load.answer-memory, which is 100 bytes");
        assertThat(memory.held()).isEqualTo(60);
        memory.take(40);
        memory.release(100);
        assertThat(memory.held()).isZero();
    }

    private long reads() {
        return served.tables.rollupReads.get();
    }

    private static PipelineState state(long seconds, long through) {
        SourceLedger ledger =
                new SourceLedger(1, "readings", "id", 0, new Ledger(through, through, through, 0, Map.of()));
        return new PipelineState(
                ServedLists.NOW.plusSeconds(seconds), List.of(ledger), Map.of(), Map.of(), null, List.of(), Set.of());
    }

    private static SeriesPolls.Key key(String device) {
        return new SeriesPolls.Key(
                ScopedMetric.ofDevice(device, "m"), Resolution.HOUR, List.of(RollupFunction.named("mean")));
    }
}
