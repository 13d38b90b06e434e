package io.weir.metricconsumer;

import io.weir.core.fold.Ledger;
import io.weir.core.fold.TablesException;
import io.weir.core.reading.RejectReason;
import io.weir.metricconsumer.config.WeirSettings;
import io.weir.storage.CassandraConnection;
import io.weir.storage.read.CassandraLedgerReader;
import io.weir.storage.read.LedgerReader;
import io.weir.storage.read.SourceLedger;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says when too large a share of a source is rejected, by what the ledgers have counted since this was made: before the
 * application applies anything, so that what earlier runs rejected, and nobody can change, does not stop it.
 */
final class RejectedLimit implements StopReason {

    private static final Logger LOG = LoggerFactory.getLogger(RejectedLimit.class);

    /** A share of fewer readings says nothing. */
    private static final long LEAST_READINGS = 1000;

    private final @Nullable Double bound;
    private final String topic;
    private final LedgerReader ledgers;
    private final Map<Integer, Ledger> before = new HashMap<>();
    private @Nullable String excess;

    /**
     * @param bound the greatest share of a source that may be rejected; null for any
     * @param topic whose sources are looked at
     */
    RejectedLimit(@Nullable Double bound, String topic, LedgerReader ledgers) {
        this.bound = bound;
        this.topic = topic;
        this.ledgers = ledgers;
        if (bound != null) {
            ledgers.readAll().forEach(source -> before.put(source.source(), source.ledger()));
        }
    }

    static RejectedLimit of(WeirSettings settings, CassandraConnection connection) {
        return new RejectedLimit(
                settings.pipeline().maxRejectedShare(),
                settings.kafka().topic(),
                new CassandraLedgerReader(connection));
    }

    /** Looks at the ledgers. Once passed, it stays so, whatever is applied until all is closed. */
    @Override
    public boolean isGiven() {
        if (bound != null && excess == null) {
            excess = excess(bound);
        }
        return excess != null;
    }

    /**
     * Looks a last time.
     *
     * @throws TooManyRejectedException if the limit is passed
     */
    @Override
    public void require() {
        if (isGiven()) {
            throw new TooManyRejectedException(String.valueOf(excess));
        }
    }

    /** Returns what to say of the first source that is above its share; null if none is. */
    private @Nullable String excess(double share) {
        return read().stream()
                .filter(source -> source.topic().equals(topic))
                .map(source -> excess(share, source))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(null);
    }

    /** While the tables are away, nothing is applied either. */
    private List<SourceLedger> read() {
        try {
            return ledgers.readAll();
        } catch (TablesException e) {
            LOG.warn("cannot compare the ledgers with weir.pipeline.max-rejected-share now: {}", e.getMessage());
            return List.of();
        }
    }

    private Optional<String> excess(double share, SourceLedger source) {
        Ledger start = before.getOrDefault(source.source(), Ledger.EMPTY);
        long received = source.ledger().received() - start.received();
        Map<RejectReason, Long> reasons = new TreeMap<>();
        source.ledger()
                .rejected()
                .forEach((reason, count) ->
                        reasons.put(reason, count - start.rejected().getOrDefault(reason, 0L)));
        long rejected = reasons.values().stream().mapToLong(Long::longValue).sum();
        if (received < LEAST_READINGS || rejected <= share * received) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "of %d readings of %s partition %d since this start %d were rejected, %.1f %%, more than"
                        + " weir.pipeline.max-rejected-share = %s allows: %s. They are kept (weir rejected list). Repair"
                        + " the sender or the setting that makes them so, start again, and send them again with weir"
                        + " rejected redrive; or start with another max-rejected-share to go on as it is",
                received,
                source.topic(),
                source.partition(),
                rejected,
                100.0 * rejected / received,
                share,
                breakdown(reasons)));
    }

    private static String breakdown(Map<RejectReason, Long> reasons) {
        return reasons.entrySet().stream()
                .filter(reason -> reason.getValue() > 0)
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .map(reason -> reason.getKey().code() + " " + reason.getValue())
                .collect(Collectors.joining(", "));
    }
}
