package io.weir.query.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.fold.port.Ledger;
import io.weir.query.ListedFailures;
import io.weir.query.json.Json;
import io.weir.storage.catalog.DeviceSources;
import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.run.FailingQuery;
import io.weir.storage.run.FeedQuery;
import io.weir.storage.source.Retirement;
import io.weir.storage.source.Retirement.Action;
import io.weir.storage.source.Retirement.FoundLog;
import io.weir.storage.source.SourceId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StatusTest {

    private static final Ledger THROUGH_50 = new Ledger(50, 51, 51, 0, Map.of());
    private static final Retirement SKIP =
            new Retirement(Action.SKIP, Instant.ofEpochMilli(1), "ann", null, 50, new FoundLog("id", 100L, 120L), 100);
    private static final SourceLedger RETIRED =
            new SourceLedger(new SourceId(1, "readings", "id", 0), SKIP, THROUGH_50);
    private static final SourceLedger FOLLOWING =
            new SourceLedger(new SourceId(2, "readings", "id", 0, 100), null, new Ledger(99, 0, 0, 0, Map.of()));
    private static final SourceLedger GONE = new SourceLedger(3, "gone", "id", 0, THROUGH_50);

    @Test
    void onlyALiveSourceLagsBehindItsLog() {
        Status status = Status.of(
                () -> List.of(RETIRED, FOLLOWING, GONE),
                Stream::empty,
                ListedFailures.of(),
                sources -> Map.of(1, 120L, 2, 120L));

        assertThat(status.sources()).extracting(SourceStatus::lag).containsExactly(0L, 20L, null);
        assertThat(status.sources()).extracting(SourceStatus::retired).containsExactly(true, false, false);
        assertThat(status.sources()).extracting(SourceStatus::beginsAt).containsExactly(0L, 100L, 0L);
    }

    @Test
    void everyQueryOfSeveralHasItsOwnOffset() {
        SourceLedger spread = new SourceLedger(
                GONE.id(), null, THROUGH_50, Map.of(FeedQuery.RAW_BY_GROUP, 40L, FeedQuery.DAY_BY_DEVICE, 30L));
        Status status = Status.of(() -> List.of(GONE, spread), Stream::empty, ListedFailures.of(), sources -> Map.of());

        assertThat(status.sources().get(0).throughOffsets()).isEmpty();
        assertThat(status.sources().get(1).throughOffsets())
                .hasSize(8)
                .containsEntry("raw_by_device", 50L)
                .containsEntry("raw_by_group", 40L)
                .containsEntry("day_by_device", 30L);
    }

    @Test
    void failingQueriesAreShownWithTheReason() {
        FailingQuery failing = new FailingQuery(
                "readings",
                "fused",
                Instant.ofEpochSecond(60),
                Instant.ofEpochSecond(90),
                4,
                3,
                "writing readings failed: \u001b[31mtoo large\nmore",
                3,
                2);
        Status status = Status.of(List::of, Stream::empty, ListedFailures.of(failing), sources -> Map.of());

        assertThat(Json.text(status.failing()))
                .isEqualTo(
                        "[{\"topic\":\"readings\",\"query\":\"fused\",\"since\":\"1970-01-01T00:01:00Z\","
                                + "\"failedAt\":\"1970-01-01T00:01:30Z\",\"failures\":4,\"lasting\":3,"
                                + "\"message\":\"writing readings failed: \\\\u001b[31mtoo large\",\"source\":3,\"partition\":2}]");
        assertThat(failing.sentence())
                .isEqualTo(
                        "the query fused of the topic readings is failing since 1970-01-01T00:01:00Z, 4 times, last"
                                + " at 1970-01-01T00:01:30Z in source 3 (partition 2): writing readings failed: \\u001b[31mtoo large");
    }

    @Test
    void devicesInTwoLiveSourcesAreListed() {
        SharedDevices shared = SharedDevices.find(
                () -> Stream.of(
                        new DeviceSources("one", List.of(2)),
                        new DeviceSources("two", List.of(1, 2, 3)),
                        new DeviceSources("after-the-end-of-another", List.of(1, 2))),
                List.of(RETIRED, FOLLOWING, GONE));

        assertThat(shared).isEqualTo(new SharedDevices(1, List.of(new DeviceSources("two", List.of(2, 3)))));
        assertThat(shared.sentence()).isEqualTo("1 device is stored by more than one live source: two (sources 2, 3)");
    }

    @Test
    void examplesOfDevicesAreBounded() {
        SharedDevices shared = SharedDevices.find(
                () -> IntStream.range(0, 1000).mapToObj(i -> new DeviceSources("d" + i, List.of(2, 3))),
                List.of(FOLLOWING, GONE));

        assertThat(shared.count()).isEqualTo(1000);
        assertThat(shared.examples()).hasSize(SharedDevices.MAX_EXAMPLES);
        assertThat(shared.sentence()).endsWith(", …");
    }

    @Test
    void theListOfSourcesShowsRetirements() {
        assertThat(Json.text(ShownSource.of(RETIRED)))
                .isEqualTo("{\"source\":1,\"topic\":\"readings\",\"partition\":0,\"topicId\":\"id\",\"beginsAt\":0,"
                        + "\"throughOffset\":50,\"state\":\"retired\",\"retired\":{\"action\":\"skip\","
                        + "\"at\":\"1970-01-01T00:00:00.001Z\",\"by\":\"ann\",\"reason\":null,\"throughOffset\":50,"
                        + "\"logTopicId\":\"id\",\"logBeginsAt\":100,\"logEndsAt\":120,\"nextOffset\":100}}");
        assertThat(Json.text(ShownSource.of(FOLLOWING))).endsWith("\"state\":\"live\",\"retired\":null}");
    }
}
