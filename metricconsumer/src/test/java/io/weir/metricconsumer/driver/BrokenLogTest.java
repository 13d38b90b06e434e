package io.weir.metricconsumer.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.fold.port.Ledger;
import io.weir.metricconsumer.topic.TopicAdmin.Borders;
import io.weir.storage.source.SourceId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BrokenLogTest {

    private static final SourceId SOURCE = new SourceId(7, "readings", "old-id", 3);
    private static final BrokenLog BROKEN = new BrokenLog("readings", "weir", () -> Map.of(3, 60L));

    @Test
    void aLogWithEveryRecordBeyondTheLedgerHasNoFault() {
        assertThat(BROKEN.faultOf(SOURCE, 50, new Borders(51, 51))).isEmpty();
        assertThat(BROKEN.faultOf(SOURCE, 50, new Borders(0, 90))).isEmpty();
        assertThat(BROKEN.faultOf(SOURCE, Ledger.NOTHING, new Borders(0, 0))).isEmpty();
    }

    @Test
    void recordsThatExpiredBeforeTheFirstReadAreAFault() {
        assertThat(BROKEN.faultOf(SOURCE, Ledger.NOTHING, new Borders(40, 90)).orElseThrow())
                .contains("begins at offset 40, but the ledger needs it from 0: the offsets 0 to 39 have expired");
    }

    @Test
    void forExpiredRecordsTheMessageNamesSkip() {
        assertThat(BROKEN.faultOf(SOURCE, 50, new Borders(52, 90)))
                .contains("the log of readings partition 3 (source 7) begins at offset 52, but the ledger needs it from"
                        + " 51: the offsets 51 to 51 have expired, or were deleted, before they were applied."
                        + " Restore them, or run `weir source skip --topic readings --partition 3`, which"
                        + " accepts the loss: it retires the source, keeps its rows, and starts a new source"
                        + " where the log begins");
    }

    @Test
    void forAShorterLogTheMessageNamesRenew() {
        assertThat(BROKEN.faultOf(SOURCE, 50, new Borders(0, 50)))
                .contains("the log of readings partition 3 (source 7) ends at offset 50, but the ledger accounts for"
                        + " records below 51: it was restored from an older state, or recreated. Restore all"
                        + " of it, or run `weir source renew --topic readings --partition 3 --from 50`, which"
                        + " retires the source, keeps its rows, and starts a new source at that offset");
    }

    @Test
    void forADeletedTopicTheMessageNamesRetire() {
        assertThat(BROKEN.recreated("new-id", List.of(SOURCE), source -> through(50)))
                .hasMessageStartingWith(
                        "the topic readings was deleted and created again: in Kafka it has the id new-id, but"
                                + " its live sources have another topic id: source 7 (partition 3, topic id old-id)"
                                + " has applied records through offset 50 and was about to read 9 more. Restore the"
                                + " old topic with its log, or run `weir source retire --topic readings`,");
        assertThat(BROKEN.deleted(List.of(SOURCE), source -> through(60)))
                .hasMessageContaining("the topic readings is gone")
                .hasMessageContaining("has applied records through offset 60. Restore the topic");
        assertThat(BROKEN.deleted(List.of(SOURCE), source -> through(59)))
                .hasMessageContaining("has applied records through offset 59. Restore the topic");
    }

    @Test
    void theCommandNamesAKeyspaceThatIsNotTheDefault() {
        BrokenLog otherKeyspace = new BrokenLog("readings", "plant", Map::of);
        assertThat(otherKeyspace.recreated("new-id", List.of(SOURCE), source -> through(50)))
                .hasMessageContaining("`weir source retire --topic readings --keyspace plant`");
    }

    private static Ledger through(long offset) {
        return new Ledger(offset, 0, 0, 0, Map.of());
    }
}
