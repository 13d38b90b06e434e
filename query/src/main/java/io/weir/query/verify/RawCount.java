package io.weir.query.verify;

import io.weir.core.reading.Reading;
import io.weir.storage.raw.RawReading;
import io.weir.storage.run.FeedQuery;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the readings of a raw table that the ledger of its query accounts for, and sums their hashes. Two tables with
 * equal counts and sums hold the same readings, except with a probability of about one in four billion. Thread-safe.
 */
final class RawCount {

    private static final class Total {
        private final LongAdder rows = new LongAdder();
        private final LongAdder hashes = new LongAdder();
        private final LongAdder beyond = new LongAdder();
        private final LongAdder foreign = new LongAdder();
    }

    private final Ledgers ledgers;
    private final FeedQuery table;
    private final Map<Integer, Total> totals = new ConcurrentHashMap<>();

    /** @param table the table whose query's ledger bounds the count */
    RawCount(Ledgers ledgers, FeedQuery table) {
        this.ledgers = ledgers;
        this.table = table;
    }

    void add(RawReading raw) {
        Total total = totals.computeIfAbsent(raw.source(), source -> new Total());
        if (ledgers.accountsFor(raw.source(), raw.offset(), table)) {
            total.rows.increment();
            total.hashes.add(hash(raw));
        } else {
            total.beyond.increment();
        }
        if (ledgers.isOfAnother(raw.source(), raw.offset())) {
            total.foreign.increment();
        }
    }

    long rows(int source) {
        Total total = totals.get(source);
        return total == null ? 0 : total.rows.sum();
    }

    long hashes(int source) {
        Total total = totals.get(source);
        return total == null ? 0 : total.hashes.sum();
    }

    /** Returns the number of rows that the ledger does not account for: in flight, or left by a killed process. */
    long beyond(int source) {
        Total total = totals.get(source);
        return total == null ? 0 : total.beyond.sum();
    }

    /** Returns the number of rows whose offsets belong to another source of the same log. */
    long foreign(int source) {
        Total total = totals.get(source);
        return total == null ? 0 : total.foreign.sum();
    }

    /** Returns all sources that have rows, including rows beyond the ledger. */
    Set<Integer> sources() {
        return totals.keySet();
    }

    private static long hash(RawReading raw) {
        Reading reading = raw.reading();
        long hash = mix(reading.device().hashCode());
        hash = mix(hash ^ reading.group().hashCode());
        hash = mix(hash ^ reading.metric().hashCode());
        hash = mix(hash ^ reading.time());
        hash = mix(hash ^ Double.doubleToLongBits(reading.value()));
        return mix(hash ^ raw.offset());
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014). */
    private static long mix(long bits) {
        long z = bits + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
