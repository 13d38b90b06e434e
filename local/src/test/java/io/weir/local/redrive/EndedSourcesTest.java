package io.weir.local.redrive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.fold.port.Ledger;
import io.weir.core.reading.Reading;
import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.raw.RawPartition;
import io.weir.storage.raw.RawReader;
import io.weir.storage.raw.RawReading;
import io.weir.storage.read.ScopedMetric;
import io.weir.storage.source.Retirement;
import io.weir.storage.source.Retirement.Action;
import io.weir.storage.source.Retirement.FoundLog;
import io.weir.storage.source.SourceId;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EndedSourcesTest {

    private static final SourceLedger ENDED = source(1, true);
    private static final SourceLedger LIVE = source(2, false);

    /** The readings of device d at 10 ms: a is stored by the retired source, b by the live one. */
    private static final RawReader STORED = new RawReader() {

        private final List<RawReading> rows = List.of(
                new RawReading(new Reading("d", "g", "a", 10, 1), ENDED.source(), 5),
                new RawReading(new Reading("d", "g", "b", 10, 1), LIVE.source(), 7));

        @Override
        public Stream<RawReading> read(ScopedMetric of, long from, long to) {
            return rows.stream()
                    .filter(row -> row.reading().metric().equals(of.metric())
                            && row.reading().device().equals(of.id())
                            && row.reading().time() >= from
                            && row.reading().time() < to);
        }

        @Override
        public RawPartition partitionOf(ScopedMetric of, long time) {
            return new RawPartition(of, 0, 100, 0);
        }
    };

    private final EndedSources sources = new EndedSources(List.of(ENDED, LIVE), STORED);

    @Test
    void findsTheSourceThatHasStoredAReadingOfAPayload() {
        assertThat(sources.holderOf(payload("{\"a\":2}", 10))).as("a conflict").contains(1);
        assertThat(sources.holderOf(payload("{\"c\":1,\"a\":1}", 10)))
                .as("another value of the object")
                .contains(1);
        assertThat(sources.holderOf(payload("{\"a\":2}", 11))).isEmpty();
        assertThat(sources.holderOf(payload("{\"c\":\"x\"}", 10))).isEmpty();
        assertThat(sources.holderOf("no reading".getBytes(UTF_8))).isEmpty();
    }

    @Test
    void aLiveSourceRecognisesItsOwnDuplicates() {
        assertThat(sources.holderOf(payload("{\"b\":2}", 10))).isEmpty();
        assertThat(new EndedSources(List.of(LIVE), STORED).holderOf(payload("{\"a\":2}", 10)))
                .isEmpty();
    }

    private static byte[] payload(String values, long time) {
        return ("{\"device\":\"d\",\"time\":" + time + ",\"values\":" + values + "}").getBytes(UTF_8);
    }

    private static SourceLedger source(int number, boolean ended) {
        Retirement retirement =
                new Retirement(Action.SKIP, Instant.EPOCH, "ann", null, 50, new FoundLog("id", 51L, 60L), 51);
        return new SourceLedger(new SourceId(number, "readings", "id", 0), ended ? retirement : null, Ledger.EMPTY);
    }
}
