package io.weir.metricconsumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.fold.Ledger;
import io.weir.metricconsumer.KafkaLog.Borders;
import io.weir.storage.SourceId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BrokenLogTest {

    private static final SourceId SOURCE = new SourceId(7, "readings", "old-id", 3);
    private static final BrokenLog BROKEN = new BrokenLog("readings", "weir", () -> Map.of(3, 60L));

    @Test
    void aLogThatHoldsWhatTheLedgerNeedsIsNotBroken() {
        assertThat(BROKEN.faultOf(SOURCE, 50, new Borders(51, 51))).isEmpty();
        assertThat(BROKEN.faultOf(SOURCE, 50, new Borders(0, 90))).isEmpty();
        assertThat(BROKEN.faultOf(SOURCE, Ledger.NOTHING, new Borders(0, 0))).isEmpty();
    }

    @Test
    void whatExpiredBeforeAnythingWasAppliedIsMissedToo() {
        assertThat(BROKEN.faultOf(SOURCE, Ledger.NOTHING, new Borders(40, 90)).orElseThrow())
                .contains("begins at offset 40, but the ledger needs it from 0: the offsets 0 to 39 have expired");
    }

    @Test
    void expiredRecordsMayBeSkipped() {
        assertThat(BROKEN.faultOf(SOURCE, 50, new Borders(52, 90)))
                .contains(
                        "the log of readings partition 3 (source 7) begins at offset 52, but the ledger needs it from 51:"
                                + " the offsets 51 to 51 have expired, or were deleted, before they were applied. Restore them, or run"
                                + " `weir source skip --topic readings --partition 3`, which accepts that they are lost: it"
                                + " ends the source with its rows as they are, and lets a new one begin where the log does");
    }

    @Test
    void aShorterLogMayBeRenewed() {
        assertThat(BROKEN.faultOf(SOURCE, 50, new Borders(0, 50)))
                .contains(
                        "the log of readings partition 3 (source 7) ends at offset 50, but the ledger accounts for records"
                                + " below 51: it was restored from an older state, or written anew. Restore all of it, or run"
                                + " `weir source renew --topic readings --partition 3 --from 50`, which ends the source with its"
                                + " rows as they are, and lets a new one begin at that offset");
    }

    @Test
    void aTopicThatWasDeletedMayBeRetired() {
        assertThat(BROKEN.recreated("new-id", List.of(SOURCE), source -> through(50)))
                .hasMessageStartingWith(
                        "the topic readings was deleted and created again: Kafka's has the id new-id, but"
                                + " there are live sources of one with another id: source 7 (partition 3, topic id old-id) has"
                                + " applied it through offset 50 and was about to read 9 more. Restore the old topic with its log,"
                                + " or run `weir source retire --topic readings`,");
        assertThat(BROKEN.deleted(List.of(SOURCE), source -> through(60)))
                .hasMessageContaining("the topic readings is gone")
                .hasMessageContaining("has applied it through offset 60. Restore the topic");
        assertThat(BROKEN.deleted(List.of(SOURCE), source -> through(59)))
                .hasMessageContaining("has applied it through offset 59. Restore the topic");
    }

    @Test
    void theWayOutNamesAnotherKeyspace() {
        BrokenLog elsewhere = new BrokenLog("readings", "plant", Map::of);
        assertThat(elsewhere.recreated("new-id", List.of(SOURCE), source -> through(50)))
                .hasMessageContaining("`weir source retire --topic readings --keyspace plant`");
    }

    private static Ledger through(long offset) {
        return new Ledger(offset, 0, 0, 0, Map.of());
    }
}
