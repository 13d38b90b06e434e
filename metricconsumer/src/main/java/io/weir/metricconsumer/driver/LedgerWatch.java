package io.weir.metricconsumer.driver;

import io.weir.core.fold.port.TablesException;
import io.weir.metricconsumer.run.UnclosedRuns.Gap;
import io.weir.storage.ledger.LedgerReader;
import io.weir.storage.ledger.SourceLedger;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the ledgers on the driver for failures that no task notices while the log has no new records. A ledger below
 * a value seen before means that Cassandra went back to an older state. A ledger that stays behind the committed
 * batches means that the process with the unflushed rollups in memory has ended, or cannot write them. Not thread-safe.
 */
final class LedgerWatch {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerWatch.class);

    private final String topic;
    private final LedgerReader ledgers;
    private final Gap log;
    private final Duration patience;
    private final LongSupplier nanoTime;
    private final BooleanSupplier hasTables;
    private Map<Integer, Long> seen = Map.of();

    /** The partitions whose ledger is behind the committed batches. */
    private final Map<Integer, Behind> behind = new HashMap<>();

    private record Behind(long next, long committed, long since) {}

    /**
     * @param topic whose sources are watched
     * @param log tells whether records lie between a ledger and the committed offset
     * @param patience how long a ledger may stand still behind the committed batches
     * @param nanoTime a clock like {@link System#nanoTime}, which no correction of the time of day can move
     * @param hasTables returns whether all tables exist; throws {@link TablesException} if Cassandra is unavailable
     */
    LedgerWatch(
            String topic,
            LedgerReader ledgers,
            Gap log,
            Duration patience,
            LongSupplier nanoTime,
            BooleanSupplier hasTables) {
        this.topic = topic;
        this.ledgers = ledgers;
        this.log = log;
        this.patience = patience;
        this.nanoTime = nanoTime;
        this.hasTables = hasTables;
    }

    /**
     * Reads the ledgers and returns a regression or a stall, each once: the caller resumes from the state that was
     * found. Empty while Cassandra is unavailable.
     *
     * @param committed the decider's next offset, by partition
     */
    Optional<String> check(Map<Integer, Long> committed) {
        Map<Integer, Long> found = new TreeMap<>();
        Map<Integer, Long> live = new TreeMap<>();
        try {
            for (SourceLedger source : ledgers.readAll()) {
                if (source.topic().equals(topic)) {
                    found.put(source.source(), source.ledger().throughOffset());
                    if (source.retirement() == null) {
                        live.put(source.id().partition(), source.ledger().throughOffset() + 1);
                    }
                }
            }
        } catch (TablesException e) {
            LOG.debug("cannot read the ledgers, will try again: {}", e.getMessage());
            return areTablesMissing()
                    ? Optional.of("Cassandra went back to an older state: tables are missing")
                    : Optional.empty();
        }
        Optional<String> regression = seen.entrySet().stream()
                .filter(ledger -> found.getOrDefault(ledger.getKey(), Long.MIN_VALUE) < ledger.getValue())
                .map(ledger -> "Cassandra went back to an older state: source " + ledger.getKey()
                        + " was seen at offset " + ledger.getValue() + " and "
                        + (found.containsKey(ledger.getKey()) ? "is at " + found.get(ledger.getKey()) : "has no row"))
                .findFirst();
        seen = found;
        return regression.or(() -> findStall(live, committed));
    }

    private Optional<String> findStall(Map<Integer, Long> ledgers, Map<Integer, Long> committed) {
        behind.keySet().retainAll(committed.keySet());
        long now = nanoTime.getAsLong();
        for (Map.Entry<Integer, Long> entry : committed.entrySet()) {
            int partition = entry.getKey();
            long end = entry.getValue();
            Long next = ledgers.get(partition);
            if (next == null || next >= end) {
                behind.remove(partition);
                continue;
            }
            Behind before = behind.get(partition);
            if (before == null || before.next() != next) {
                behind.put(partition, new Behind(next, end, now));
            } else if (now - before.since() > patience.toNanos()) {
                behind.put(partition, new Behind(next, end, now));
                if (log.hasRecords(partition, next, before.committed())) {
                    return Optional.of("the ledger of partition " + partition + " has been at offset " + next + " for "
                            + patience.toSeconds() + " s, although batches to offset " + before.committed()
                            + " are committed: the process that applied them has ended, or cannot write rollups and"
                            + " ledger");
                }
            }
        }
        return Optional.empty();
    }

    private boolean areTablesMissing() {
        try {
            return !hasTables.getAsBoolean();
        } catch (TablesException e) {
            return false;
        }
    }
}
