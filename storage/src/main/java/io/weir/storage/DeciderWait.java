package io.weir.storage;

import io.weir.core.fold.TablesException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How a follower waits for its decider: it looks at the ledger, seldom if it has to wait for long, and gives up where that
 * makes no progress, so that its slot may be the decider's.
 */
final class DeciderWait {

    private static final long FIRST_PAUSE_MILLIS = 5;
    private static final long LONGEST_PAUSE_MILLIS = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String follower;
    private final SourceId source;
    private final LongSupplier ledger;
    private final Duration patience;

    /**
     * @param follower its name, for messages
     * @param ledger reads the last offset that the decider's ledger accounts for
     */
    DeciderWait(String follower, SourceId source, LongSupplier ledger) {
        this(follower, source, ledger, PATIENCE);
    }

    DeciderWait(String follower, SourceId source, LongSupplier ledger, Duration patience) {
        this.follower = follower;
        this.source = source;
        this.ledger = ledger;
        this.patience = patience;
    }

    /**
     * Waits until an offset is accounted for; returns the last one that is.
     *
     * @throws TablesException if there is no progress for too long, or the thread was interrupted
     */
    long until(long offset) {
        long decided = ledger.getAsLong();
        long progress = System.nanoTime();
        long pause = FIRST_PAUSE_MILLIS;
        while (decided < offset) {
            rest(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            long found = ledger.getAsLong();
            if (found > decided) {
                decided = found;
                progress = System.nanoTime();
            } else if (System.nanoTime() - progress > patience.toNanos()) {
                throw gaveUp(offset, decided);
            }
        }
        return decided;
    }

    private void rest(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TablesException("the query " + follower + " was interrupted while it waited", e);
        }
    }

    private TablesException gaveUp(long offset, long decided) {
        return new TablesException("the query " + follower + " has waited for " + patience.toSeconds()
                + " s for offset "
                + offset + " of source " + source.number() + " (" + source.topic() + " partition " + source.partition()
                + ") to be decided, but the query " + TableQuery.RAW_BY_DEVICE.table() + " stays at " + decided
                + ": see whether that query fails, or give Spark a slot for each of the "
                + TableQuery.values().length + " queries and each partition");
    }
}
