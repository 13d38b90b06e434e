package io.weir.metricconsumer;

import io.weir.core.fold.TablesException;
import io.weir.storage.read.LedgerReader;
import io.weir.storage.read.SourceLedger;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices on the driver that Cassandra went back to an older state: a ledger is behind one that was seen before. While the
 * log has no new records, no task runs that could notice. Not thread-safe.
 */
final class LedgerWatch {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerWatch.class);

    private final String topic;
    private final LedgerReader ledgers;
    private final BooleanSupplier hasTables;
    private Map<Integer, Long> seen = Map.of();

    /**
     * @param topic whose sources are watched
     * @param hasTables returns whether all tables are there; throws {@link TablesException} if Cassandra is away
     */
    LedgerWatch(String topic, LedgerReader ledgers, BooleanSupplier hasTables) {
        this.topic = topic;
        this.ledgers = ledgers;
        this.hasTables = hasTables;
    }

    /**
     * Reads the ledgers; returns what went back, once: the state that was found is the one to go on from. Empty while
     * Cassandra cannot be reached.
     */
    Optional<String> findRegression() {
        Map<Integer, Long> found = new TreeMap<>();
        try {
            for (SourceLedger source : ledgers.readAll()) {
                if (source.topic().equals(topic)) {
                    found.put(source.source(), source.ledger().throughOffset());
                }
            }
        } catch (TablesException e) {
            LOG.debug("cannot read the ledgers now: {}", e.getMessage());
            return areTablesMissing() ? Optional.of("tables are missing") : Optional.empty();
        }
        Optional<String> regression = seen.entrySet().stream()
                .filter(ledger -> found.getOrDefault(ledger.getKey(), Long.MIN_VALUE) < ledger.getValue())
                .map(ledger -> "source " + ledger.getKey() + " was seen at offset " + ledger.getValue() + " and "
                        + (found.containsKey(ledger.getKey()) ? "is at " + found.get(ledger.getKey()) : "has no row"))
                .findFirst();
        seen = found;
        return regression;
    }

    private boolean areTablesMissing() {
        try {
            return !hasTables.getAsBoolean();
        } catch (TablesException e) {
            return false;
        }
    }
}
