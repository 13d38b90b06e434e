package io.weir.local.command.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.core.fold.port.Ledger;
import io.weir.local.command.terminal.CommandException;
import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.run.FeedQuery;
import io.weir.storage.source.Retirement;
import io.weir.storage.source.Retirement.Action;
import io.weir.storage.source.Retirement.FoundLog;
import io.weir.storage.source.SourceId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EndingPlanTest {

    private static final SourceLedger FIRST = live(1, 0, 50);
    private static final SourceLedger SECOND = live(2, 1, 70);
    private static final SourceLedger UNTOUCHED = live(3, 2, Ledger.NOTHING);

    @Test
    void endsNothingWhileTheLogHasAllRecordsBeyondTheLedgers() {
        EndingPlan plan = plan("id", held(0, 51), held(71, 90), held(0, 40));
        assertThatThrownBy(plan::retire)
                .isInstanceOf(CommandException.class)
                .hasMessage("The topic readings still has the id id, which is the id of its live sources. There is"
                        + " nothing to retire.");
        assertThatThrownBy(() -> plan.skip(null, null)).hasMessageContaining("there is nothing to do");
        assertThatThrownBy(() -> plan.skip(1, 80L)).hasMessageContaining("there is nothing to do");
        assertThatThrownBy(() -> plan.renew(null, null)).hasMessageContaining("there is nothing to do");
        assertThatThrownBy(() -> plan.renew(7, null)).hasMessageContaining("of partition 7");
    }

    @Test
    void skipsToTheBeginningOfLogsThatLackRecords() {
        EndingPlan plan = plan("id", held(52, 60), held(71, 90), held(0, 40));
        assertThat(plan.skip(null, null)).containsExactly(new SourceEnding(FIRST, Action.SKIP, held(52, 60), 52));
        assertThat(plan.skip(0, 60L)).containsExactly(new SourceEnding(FIRST, Action.SKIP, held(52, 60), 60));
        assertThat(plan.skip(0, 60L).get(0).proposal())
                .isEqualTo(
                        "source 1 (readings partition 0) ends with offset 50; its rows stay. Up to 9 records are lost:"
                                + " those with offsets from 51 to 59. A new source begins at 60, and the log at 52.");
        for (long outside : new long[] {51, 61}) {
            assertThatThrownBy(() -> plan.skip(0, outside))
                    .hasMessage(
                            "--to is " + outside + ", but the log of readings partition 0 begins at 52 and ends at 60:"
                                    + " choose an offset in this range.");
        }
    }

    @Test
    void skipsRecordsThatExpiredBeforeTheFirstRead() {
        EndingPlan plan = plan("id", held(0, 51), held(71, 90), held(30, 40));
        assertThat(plan.skip(null, null)).containsExactly(new SourceEnding(UNTOUCHED, Action.SKIP, held(30, 40), 30));
    }

    @Test
    void skipsRecordsThatAFollowerLacksButDecidesNoneTwice() {
        SourceLedger behind = new SourceLedger(
                FIRST.id(), null, FIRST.ledger(), Map.of(FeedQuery.RAW_BY_GROUP, 50L, FeedQuery.DAY_BY_GROUP, 20L));
        EndingPlan within = new EndingPlan("readings", List.of(behind), new TopicLog("id", Map.of(0, held(30, 60))));
        assertThat(within.skip(null, null)).containsExactly(new SourceEnding(behind, Action.SKIP, held(30, 60), 51));
        assertThat(within.skip(null, null).get(0).proposal())
                .isEqualTo(
                        "source 1 (readings partition 0) ends with offset 50; its rows stay. These tables stay behind"
                                + " the ledger and do not get the later records: day_by_group (through offset 20). A"
                                + " new source begins at 51, and"
                                + " the log at 30.");
        assertThatThrownBy(() -> within.skip(null, 40L))
                .hasMessage(
                        "--to is 40, but the ledger of readings partition 0 accounts for all records below 51: choose"
                                + " this offset or a later one.");

        EndingPlan beyond = new EndingPlan("readings", List.of(behind), new TopicLog("id", Map.of(0, held(53, 60))));
        assertThat(beyond.skip(null, null).get(0).proposal())
                .contains("Up to 2 records are lost: those with offsets from 51 to 52. These tables stay");
        EndingPlan held = new EndingPlan("readings", List.of(behind), new TopicLog("id", Map.of(0, held(21, 60))));
        assertThatThrownBy(() -> held.skip(null, null)).hasMessageContaining("there is nothing to do");
    }

    @Test
    void renewsSourcesWhoseLogIsShorterThanTheLedgerOrMissing() {
        EndingPlan plan = plan("id", held(0, 50));
        assertThat(plan.renew(null, null))
                .containsExactly(
                        new SourceEnding(FIRST, Action.RENEW, held(0, 50), 50),
                        new SourceEnding(SECOND, Action.RENEW, new FoundLog("id", null, null), 0));
        assertThat(plan.renew(0, 41L)).extracting(SourceEnding::nextOffset).containsExactly(41L);
        assertThatThrownBy(() -> plan.renew(null, 41L))
                .hasMessage(
                        "--from is for one partition, and 2 partitions qualify: choose one with --partition, or omit"
                                + " --from.");
    }

    @Test
    void retiresAllSourcesOfATopicWithAnotherId() {
        EndingPlan plan = plan("other-id", held(0, 9));
        assertThat(plan.retire()).extracting(SourceEnding::nextOffset).containsExactly(51L, 71L, 0L);
        assertThat(plan.retire().get(0).proposal())
                .contains("Its topic had the id id; the one with that name now has the id other-id.");
        assertThatThrownBy(() -> plan.skip(null, null))
                .hasMessage("The topic readings is another one, with the id other-id: its offsets do not belong to the"
                        + " live sources. See weir source retire.");
        assertThat(new EndingPlan("readings", List.of(FIRST), new TopicLog(null, Map.of())).retire())
                .containsExactly(new SourceEnding(FIRST, Action.RETIRE, new FoundLog(null, null, null), 51));
    }

    @Test
    void retiredSourcesAreUnchanged() {
        Retirement retirement = new SourceEnding(FIRST, Action.SKIP, held(52, 60), 52)
                .retirement(Instant.parse("2026-01-01T00:00:00.123456Z"), "ann", null);
        assertThat(retirement.at()).isEqualTo(Instant.parse("2026-01-01T00:00:00.123Z"));
        SourceLedger ended = new SourceLedger(FIRST.id(), retirement, FIRST.ledger());
        TopicLog log = new TopicLog("other-id", Map.of());
        assertThat(new EndingPlan("readings", List.of(ended, SECOND), log).retire())
                .extracting(SourceEnding::source)
                .containsExactly(SECOND);
        assertThatThrownBy(() -> new EndingPlan("readings", List.of(ended), log))
                .hasMessageStartingWith("The topic readings has no live source in these tables.");
    }

    private static EndingPlan plan(String id, FoundLog... partitions) {
        Map<Integer, FoundLog> found = new HashMap<>();
        for (int partition = 0; partition < partitions.length; partition++) {
            found.put(partition, new FoundLog(id, partitions[partition].beginsAt(), partitions[partition].endsAt()));
        }
        return new EndingPlan("readings", List.of(FIRST, SECOND, UNTOUCHED), new TopicLog(id, found));
    }

    private static FoundLog held(long from, long to) {
        return new FoundLog("id", from, to);
    }

    private static SourceLedger live(int number, int partition, long through) {
        return new SourceLedger(
                new SourceId(number, "readings", "id", partition), null, new Ledger(through, 0, 0, 0, Map.of()));
    }
}
