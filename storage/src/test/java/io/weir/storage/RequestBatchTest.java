package io.weir.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RequestBatchTest {

    private static final int MOST = BatchLimits.LARGEST;

    private final List<List<BoundStatement>> sent = new ArrayList<>();
    private final RequestBatch batch = new RequestBatch(MOST, rows -> sent.add(List.copyOf(rows)));

    @Test
    void rowsThatAreTooMuchForOneRequestGoInSeveral() {
        List<BoundStatement> rows =
                IntStream.range(0, 200).mapToObj(i -> BoundRows.of(100_000)).toList();
        rows.forEach(batch::add);
        batch.send();
        assertThat(sent).hasSize(20).allSatisfy(request -> assertThat(bytesOf(request))
                .isLessThanOrEqualTo(MOST));
        assertThat(sent.stream().flatMap(List::stream)).containsExactlyElementsOf(rows);
    }

    @Test
    void rowsGoTogetherUpToTheBound() {
        int half = MOST / 2 - EncodedSize.CELL_OVERHEAD;
        batch.add(BoundRows.of(half));
        batch.add(BoundRows.of(half));
        assertThat(sent).isEmpty();
        assertThat(batch.bytes()).isEqualTo(MOST);
        batch.add(BoundRows.of(0));
        assertThat(sent).hasSize(1);
        batch.send();
        batch.send();
        assertThat(sent).extracting(List::size).containsExactly(2, 1);
    }

    @Test
    void aRowThatNoRequestCanHoldIsRefused() {
        batch.add(BoundRows.of(MOST - EncodedSize.CELL_OVERHEAD));
        assertThatThrownBy(() -> batch.add(BoundRows.of(MOST)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a row has 1048592 bytes, a request at most 1048576: a column is longer than its bound");
    }

    private static int bytesOf(List<BoundStatement> request) {
        return request.stream().mapToInt(EncodedSize::of).sum();
    }
}
