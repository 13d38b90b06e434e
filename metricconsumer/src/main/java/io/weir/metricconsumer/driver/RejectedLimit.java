package io.weir.metricconsumer.driver;

import io.weir.core.fold.port.Ledger;
import io.weir.core.fold.port.TablesException;
import io.weir.core.reading.RejectReason;
import io.weir.metricconsumer.config.WeirSettings;
import io.weir.metricconsumer.failure.TooManyRejectedException;
import io.weir.metricconsumer.run.StopReason;
import io.weir.storage.ledger.CassandraLedgerReader;
import io.weir.storage.ledger.LedgerReader;
import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.session.CassandraConnection;
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
 * Stops the application when too large a share of a source's readings is rejected. Counts from the ledgers as they were
 * before the application applied anything, so that rejections of earlier runs do not stop it.
 */
final class RejectedLimit implements StopReason {

    private static final Logger LOG = LoggerFactory.getLogger(RejectedLimit.class);

    /** The share of fewer readings is not significant. */
    private static final long MIN_READINGS = 1000;

    private final @Nullable Double maxShare;
    private final String topic;
    private final LedgerReader ledgers;
    private final Map<Integer, Ledger> baseline = new HashMap<>();
    private @Nullable String excess;

    /**
     * @param maxShare the greatest share of a source's readings that may be rejected; null for any
     * @param topic whose sources are checked
     */
    RejectedLimit(@Nullable Double maxShare, String topic, LedgerReader ledgers) {
        this.maxShare = maxShare;
        this.topic = topic;
        this.ledgers = ledgers;
        if (maxShare != null) {
            ledgers.readAll().forEach(source -> baseline.put(source.source(), source.ledger()));
        }
    }

    static RejectedLimit of(WeirSettings settings, CassandraConnection connection) {
        return new RejectedLimit(
                settings.pipeline().maxRejectedShare(),
                settings.kafka().topic(),
                new CassandraLedgerReader(connection));
    }

    /**
     * Reads the ledgers and returns whether the limit was exceeded; stays true even if later readings lower the share
     * again.
     */
    @Override
    public boolean shouldStop() {
        if (maxShare != null && excess == null) {
            excess = excess(maxShare);
        }
        return excess != null;
    }

    /**
     * Reads the ledgers a last time.
     *
     * @throws TooManyRejectedException if the limit is exceeded
     */
    @Override
    public void throwIfStopped() {
        if (shouldStop()) {
            throw new TooManyRejectedException(String.valueOf(excess));
        }
    }

    /** Returns a message about the first source above its share; null if there is none. */
    private @Nullable String excess(double share) {
        return read().stream()
                .filter(source -> source.topic().equals(topic))
                .map(source -> excess(share, source))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(null);
    }

    /** Returns no ledgers while the tables are unavailable: nothing is applied then either. */
    private List<SourceLedger> read() {
        try {
            return ledgers.readAll();
        } catch (TablesException e) {
            LOG.warn(
                    "cannot compare the ledgers with weir.pipeline.max-rejected-share, will try again: {}",
                    e.getMessage());
            return List.of();
        }
    }

    private Optional<String> excess(double share, SourceLedger source) {
        Ledger start = baseline.getOrDefault(source.source(), Ledger.EMPTY);
        long received = source.ledger().received() - start.received();
        Map<RejectReason, Long> reasons = new TreeMap<>();
        source.ledger()
                .rejected()
                .forEach((reason, count) ->
                        reasons.put(reason, count - start.rejected().getOrDefault(reason, 0L)));
        long rejected = reasons.values().stream().mapToLong(Long::longValue).sum();
        if (received < MIN_READINGS || rejected <= share * received) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "%d of %d readings of %s partition %d since this start were rejected, %.1f %%, more than"
                        + " weir.pipeline.max-rejected-share = %s allows: %s. They are kept (weir rejected list)."
                        + " Repair the sender or the setting that causes the rejections, start again, and redrive"
                        + " them with weir rejected redrive; or raise max-rejected-share to continue without a repair",
                rejected,
                received,
                source.topic(),
                source.partition(),
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
