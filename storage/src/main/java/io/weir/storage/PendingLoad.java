package io.weir.storage;

import io.weir.core.fold.PendingWrite;
import io.weir.core.fold.TablesException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Readings that are being loaded; if that fails, they are written in another way. One thread asks and waits. */
final class PendingLoad implements PendingWrite {

    private final CompletableFuture<@Nullable Throwable> failureOfLoad;
    private final Function<Throwable, PendingWrite> otherwise;
    private @Nullable PendingWrite instead;

    /** @param otherwise begins to write the readings that the failure has kept from being loaded */
    PendingLoad(CompletableFuture<Void> load, Function<Throwable, PendingWrite> otherwise) {
        this.failureOfLoad = load.handle((loaded, failure) -> failure);
        this.otherwise = otherwise;
    }

    @Override
    public boolean isDurable() {
        if (!failureOfLoad.isDone()) {
            return false;
        }
        PendingWrite write = otherWrite();
        return write == null || write.isDurable();
    }

    @Override
    public void await() {
        PendingWrite write = otherWrite();
        if (write != null) {
            write.await();
        }
    }

    private @Nullable PendingWrite otherWrite() {
        Throwable failure = failure();
        if (failure != null && instead == null) {
            instead = otherwise.apply(failure);
        }
        return instead;
    }

    private @Nullable Throwable failure() {
        try {
            return failureOfLoad.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TablesException("loading rows was interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("what handles failures has failed", e);
        }
    }
}
