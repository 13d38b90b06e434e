package io.weir.storage.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharedBatchesTest {

    private static final int KIB = 1024;
    private static final BatchLimits LIMITS = new BatchLimits(200, 100, 64 * KIB);

    private final Map<BoundStatement, Integer> nodes = new IdentityHashMap<>();
    private final List<List<BoundStatement>> sent = new ArrayList<>();
    private final SharedBatches batches =
            new SharedBatches(LIMITS, row -> nodes.getOrDefault(row, 0), rows -> sent.add(List.copyOf(rows)));

    @Test
    void partitionsShareRequestsUpToTheLimitInBytes() {
        for (int i = 0; i < 10; i++) {
            batches.add(List.of(row(20 * KIB)));
        }
        batches.sendRest();
        assertThat(sent).extracting(List::size).containsExactly(3, 3, 3, 1);
    }

    @Test
    void partitionsShareRequestsUpToTheLimitInNumber() {
        for (int i = 0; i < 250; i++) {
            batches.add(List.of(row(8)));
        }
        batches.sendRest();
        assertThat(sent).extracting(List::size).containsExactly(100, 100, 50);
    }

    @Test
    void largePartitionsAreSentSeparately() {
        batches.add(List.of(row(8)));
        batches.add(Collections.nCopies(200, row(100 * KIB)));
        assertThat(sent).hasSize(20).allSatisfy(request -> assertThat(bytesOf(request))
                .isLessThanOrEqualTo(BatchLimits.MAX_REQUEST_BYTES));
        batches.sendRest();
        assertThat(sent).hasSize(21);
        assertThat(sent.get(20)).hasSize(1);
    }

    @Test
    void waitingBytesAreLimitedOverAllReplicas() {
        int maxWaiting = 0;
        int added = 0;
        for (int i = 0; i < 1000; i++) {
            BoundStatement row = row(50 * KIB);
            nodes.put(row, i);
            batches.add(List.of(row));
            added += EncodedSize.of(row);
            maxWaiting = Math.max(maxWaiting, added - bytesSent());
        }
        assertThat(maxWaiting).isBetween(SharedBatches.MAX_WAITING_BYTES - 64 * KIB, SharedBatches.MAX_WAITING_BYTES);
        batches.sendRest();
        assertThat(bytesSent()).isEqualTo(added);
    }

    private int bytesSent() {
        return sent.stream().mapToInt(SharedBatchesTest::bytesOf).sum();
    }

    private static int bytesOf(List<BoundStatement> request) {
        return request.stream().mapToInt(EncodedSize::of).sum();
    }

    private static BoundStatement row(int bytes) {
        return BoundRows.of(Math.max(0, bytes - EncodedSize.CELL_OVERHEAD));
    }
}
