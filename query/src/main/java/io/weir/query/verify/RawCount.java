package io.weir.query.verify;

import io.weir.core.reading.Reading;
import io.weir.storage.TableQuery;
import io.weir.storage.read.RawReading;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the readings that the ledger of a raw table's query accounts for, and sums up hashes of them: two tables with equal
 * counts and sums hold the same readings, but for a chance of about one in four billion. Thread-safe.
 */
final class RawCount {

    private static final class Total {
        private final LongAdder rows = new LongAdder();
        private final LongAdder hashes = new LongAdder();
        private final LongAdder beyond = new LongAdder();
        private final LongAdder foreign = new LongAdder();
    }

    private final Ledgers ledgers;
    private final TableQuery table;
    private final Map<Integer, Total> totals = new ConcurrentHashMap<>();

    /** @param table through whose query's ledger they are counted */
    RawCount(Ledgers ledgers, TableQuery table) {
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

    /** Rows that the ledger does not account for: under way, or left behind by a process that was killed. */
    long beyond(int source) {
        Total total = totals.get(source);
        return total == null ? 0 : total.beyond.sum();
    }

    /** Rows whose offsets are of another source of the same log. */
    long foreign(int source) {
        Total total = totals.get(source);
        return total == null ? 0 : total.foreign.sum();
    }

    /** All sources that have rows, accounted for or not. */
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
