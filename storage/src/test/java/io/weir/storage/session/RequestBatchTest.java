package io.weir.storage.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RequestBatchTest {

    private static final int MAX_BYTES = BatchLimits.MAX_REQUEST_BYTES;

    private final List<List<BoundStatement>> sent = new ArrayList<>();
    private final RequestBatch batch = new RequestBatch(MAX_BYTES, rows -> sent.add(List.copyOf(rows)));

    @Test
    void splitsRowsIntoSeveralRequests() {
        List<BoundStatement> rows =
                IntStream.range(0, 200).mapToObj(i -> BoundRows.of(100_000)).toList();
        rows.forEach(batch::add);
        batch.send();
        assertThat(sent).hasSize(20).allSatisfy(request -> assertThat(bytesOf(request))
                .isLessThanOrEqualTo(MAX_BYTES));
        assertThat(sent.stream().flatMap(List::stream)).containsExactlyElementsOf(rows);
    }

    @Test
    void collectsRowsUpToTheLimit() {
        int half = MAX_BYTES / 2 - EncodedSize.CELL_OVERHEAD;
        batch.add(BoundRows.of(half));
        batch.add(BoundRows.of(half));
        assertThat(sent).isEmpty();
        assertThat(batch.bytes()).isEqualTo(MAX_BYTES);
        batch.add(BoundRows.of(0));
        assertThat(sent).hasSize(1);
        batch.send();
        batch.send();
        assertThat(sent).extracting(List::size).containsExactly(2, 1);
    }

    @Test
    void refusesARowAboveTheLimit() {
        batch.add(BoundRows.of(MAX_BYTES - EncodedSize.CELL_OVERHEAD));
        assertThatThrownBy(() -> batch.add(BoundRows.of(MAX_BYTES)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a row has 1048592 bytes, a request at most 1048576: a column is longer than its bound");
    }

    private static int bytesOf(List<BoundStatement> request) {
        return request.stream().mapToInt(EncodedSize::of).sum();
    }
}
