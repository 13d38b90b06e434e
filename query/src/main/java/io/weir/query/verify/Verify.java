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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Recomputes every rollup row from its raw rows, and the ledgers from all rows, and reports the differences. May run
 * while the pipeline runs: offsets determine what each row and each ledger must contain.
 *
 * <p>Scans the tables by token ranges, several in parallel. The first pass scans the raw readings, the
 * second one the rollups, and reads their raw readings, those of many series with one request. Each thread holds about
 * a thousand rollups in memory, or those of one month of a series or group if they are more.
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
     * @param threads the number of token ranges that are checked in parallel
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
            runAll(executor, eachSlice(verification::findUncovered));
            List<Runnable> secondPass = eachSlice(verification::checkMonths);
            TokenSlice.ring(SLICES).forEach(slice -> secondPass.add(() -> verification.countRejected(slice)));
            runAll(executor, secondPass);
        } finally {
            executor.shutdownNow();
        }
        verification.checkMonthsWithoutRollups();
        return verification.result();
    }

    private static List<Runnable> eachSlice(BiConsumer<Scope, TokenSlice> pass) {
        List<Runnable> tasks = new ArrayList<>();
        for (TokenSlice slice : TokenSlice.ring(SLICES)) {
            for (Scope scope : Scope.values()) {
                tasks.add(() -> pass.accept(scope, slice));
            }
        }
        return tasks;
    }

    private static void runAll(ExecutorService executor, List<Runnable> tasks) {
        try {
            for (Future<?> done :
                    executor.invokeAll(tasks.stream().map(Executors::callable).toList())) {
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
