package io.weir.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.core.fold.PendingWrite;
import io.weir.core.fold.TablesException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PendingLoadTest {

    private final CompletableFuture<Void> load = new CompletableFuture<>();
    private final CompletableFuture<Void> other = new CompletableFuture<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final PendingLoad pending = new PendingLoad(load, failure -> {
        failures.add(failure);
        return new Written();
    });

    @Test
    void aLoadThatSucceedsIsDurableAndNothingElseIsWritten() {
        assertThat(pending.isDurable()).isFalse();
        load.complete(null);

        assertThat(pending.isDurable()).isTrue();
        pending.await();
        assertThat(failures).isEmpty();
    }

    @Test
    void aLoadThatFailsIsWrittenOnceInTheOtherWay() {
        IllegalStateException failure = new IllegalStateException("no node");
        load.completeExceptionally(failure);

        assertThat(pending.isDurable()).isFalse();
        assertThat(pending.isDurable()).isFalse();
        assertThat(failures).containsExactly(failure);

        other.complete(null);
        assertThat(pending.isDurable()).isTrue();
        pending.await();
        assertThat(failures).hasSize(1);
    }

    @Test
    void whoWaitsForALoadThatFailsWaitsForTheOtherWay() {
        load.completeExceptionally(new IllegalStateException("no node"));
        other.completeExceptionally(new TablesException("no Cassandra"));

        assertThatThrownBy(pending::await).hasRootCauseMessage("no Cassandra");
    }

    @Test
    void whoIsInterruptedWhileWaitingIsToldSo() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(pending::await).isInstanceOf(TablesException.class).hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    /** Durable when the other future is done. */
    private final class Written implements PendingWrite {

        @Override
        public boolean isDurable() {
            return other.isDone();
        }

        @Override
        public void await() {
            other.join();
        }
    }
}
