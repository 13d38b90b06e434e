package io.weir.query.verify;

import io.weir.core.fold.port.TablesException;
import io.weir.core.rollup.Scope;
import io.weir.query.Span;
import io.weir.storage.ReadTables;
import io.weir.storage.read.TokenSlice;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Recomputes every rollup row from its raw rows, and the ledgers from all rows, and reports the differences. May run
 * while the pipeline runs: offsets determine what each row and each ledger must contain.
 *
 * <p>Reads each raw table once, one month of a series or group at a time, several months in parallel. Each thread holds
 * the rollups of one month in memory.
 */
public final class Verify {

    /** The maximum number of listed differences; all are counted. */
    public static final int MAX_LISTED = 1000;

    private static final int SLICES = 16;

    private final ReadTables tables;
    private final ZoneId zone;
    private final Clock clock;
    private final int threads;

    /**
     * @param zone the time zone of the pipeline's windows
     * @param clock to decide which rows may have expired
     * @param threads the number of months that are checked in parallel
     */
    public Verify(ReadTables tables, ZoneId zone, Clock clock, int threads) {
        this.tables = tables;
        this.zone = zone;
        this.clock = clock;
        this.threads = threads;
    }

    /**
     * Verifies all rollups and ledgers.
     *
     * @throws TablesException if the tables cannot be reached
     */
    public VerifyResult run() {
        return run(null);
    }

    /**
     * Verifies the rollups of windows that start in the span, without the totals over all time.
     *
     * @param span null for all rollups and ledgers
     * @throws TablesException if the tables cannot be reached
     */
    public VerifyResult run(@Nullable Span span) {
        Verification verification = new Verification(tables, zone, clock, span);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            runAll(executor, slice -> {
                for (Scope scope : Scope.values()) {
                    verification.findUncovered(scope, slice);
                }
            });
            runAll(executor, slice -> {
                for (Scope scope : Scope.values()) {
                    verification.checkMonths(scope, slice);
                }
                verification.countRejected(slice);
            });
        } finally {
            executor.shutdownNow();
        }
        verification.checkMonthsWithoutRollups();
        return verification.result();
    }

    private static void runAll(ExecutorService executor, Consumer<TokenSlice> pass) {
        List<Callable<Void>> tasks = new ArrayList<>();
        for (TokenSlice slice : TokenSlice.ring(SLICES)) {
            tasks.add(() -> {
                pass.accept(slice);
                return null;
            });
        }
        try {
            for (Future<Void> done : executor.invokeAll(tasks)) {
                done.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TablesException("interrupted while verifying", e);
        }
    }
}
