package io.weir.storage.ledger;

import io.weir.core.fold.port.TablesException;
import io.weir.storage.run.FeedQuery;
import io.weir.storage.source.SourceId;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Waits for a source's decider on behalf of a follower: polls the ledger with increasing pauses, and gives up if the
 * ledger makes no progress, so that the decider can use the follower's task slot. For one thread.
 */
public final class DeciderWait {

    private static final long MIN_PAUSE_MILLIS = 5;
    private static final long MAX_PAUSE_MILLIS = 200;
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    private final String follower;
    private final SourceId source;
    private final LongSupplier ledger;
    private final Duration timeout;

    /**
     * @param follower the name of the follower's query, for messages
     * @param ledger reads the last offset that the decider's ledger accounts for
     */
    public DeciderWait(String follower, SourceId source, LongSupplier ledger) {
        this(follower, source, ledger, DEFAULT_TIMEOUT);
    }

    public DeciderWait(String follower, SourceId source, LongSupplier ledger, Duration timeout) {
        this.follower = follower;
        this.source = source;
        this.ledger = ledger;
        this.timeout = timeout;
    }

    /**
     * Waits until the decider's ledger accounts for an offset; returns the last offset that it accounts for.
     *
     * @throws TablesException if the ledger makes no progress within the timeout, or the thread was interrupted
     */
    public long until(long offset) {
        long decided = ledger.getAsLong();
        long progress = System.nanoTime();
        long pause = MIN_PAUSE_MILLIS;
        while (decided < offset) {
            sleep(pause);
            pause = Math.min(2 * pause, MAX_PAUSE_MILLIS);
            long found = ledger.getAsLong();
            if (found > decided) {
                decided = found;
                progress = System.nanoTime();
            } else if (System.nanoTime() - progress > timeout.toNanos()) {
                throw timedOut(offset, decided);
            }
        }
        return decided;
    }

    private void sleep(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TablesException("the query " + follower + " was interrupted while it waited", e);
        }
    }

    private TablesException timedOut(long offset, long decided) {
        return new TablesException("the query " + follower + " has waited for " + timeout.toSeconds()
                + " s for offset "
                + offset + " of source " + source.number() + " (" + source.topic() + " partition " + source.partition()
                + ") to be decided, but the query " + FeedQuery.RAW_BY_DEVICE.table() + " stays at " + decided
                + ": see whether that query fails, or give Spark a slot for each of the "
                + FeedQuery.values().length + " queries and each partition");
    }
}
