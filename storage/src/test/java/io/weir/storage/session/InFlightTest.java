package io.weir.storage.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class InFlightTest {

    @ParameterizedTest
    @CsvSource({"64, 16", "512, 64", "1024, 128", "8192, 256", "1048576, 256"})
    void limitDependsOnTheHeap(long heapMebibytes, int mebibytes) {
        assertThat(InFlight.bytesFor(heapMebibytes * 1024 * 1024)).isEqualTo(mebibytes * 1024 * 1024);
    }

    @Test
    void requestsWaitForFreeBytes() throws Exception {
        InFlight inFlight = new InFlight(10, 100);
        int first = inFlight.acquire(60);
        CompletableFuture<Integer> second = waiting(inFlight, 41);
        inFlight.release(first);
        assertThat(second.get()).isEqualTo(41);
        assertThat(inFlight.acquire(59)).isEqualTo(59);
    }

    @Test
    void requestsWaitForAFreeSlot() throws Exception {
        InFlight inFlight = new InFlight(1, 100);
        int first = inFlight.acquire(1);
        CompletableFuture<Integer> second = waiting(inFlight, 1);
        inFlight.release(first);
        assertThat(second.get()).isEqualTo(1);
    }

    @Test
    void requestsAboveTheLimitAreSentAlone() throws Exception {
        InFlight inFlight = new InFlight(10, 100);
        int all = inFlight.acquire(1_000);
        assertThat(all).isEqualTo(100);
        CompletableFuture<Integer> second = waiting(inFlight, 1);
        inFlight.release(all);
        assertThat(second.get()).isEqualTo(1);
    }

    /** Starts a thread that waits to acquire bytes; returns what it acquires. */
    private static CompletableFuture<Integer> waiting(InFlight inFlight, int size) {
        CompletableFuture<Integer> acquired = new CompletableFuture<>();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                acquired.complete(inFlight.acquire(size));
            } catch (InterruptedException e) {
                failure.set(e);
            }
        });
        thread.start();
        while (thread.getState() != Thread.State.WAITING) {
            assertThat(acquired).isNotDone();
            Thread.onSpinWait();
        }
        assertThat(failure).hasNullValue();
        return acquired;
    }
}
