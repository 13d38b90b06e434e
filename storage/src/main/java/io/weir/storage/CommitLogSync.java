package io.weir.storage;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import io.weir.core.fold.StoreEpoch;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long after its acknowledgement a write is surely in the synced commit log of its node, if that has not restarted
 * since. With {@code commitlog_sync: periodic}, a node acknowledges before it syncs: a crash loses the last writes, but
 * for those of tables whose memtable was written to disk meanwhile. So a ledger could outlive the rows that it accounts
 * for. Two periods after the acknowledgement, one whole period with its sync has passed.
 *
 * <p>Where every row has several replicas, a crash of one loses nothing. Thread-safe.
 */
final class CommitLogSync {

    private static final Logger LOG = LoggerFactory.getLogger(CommitLogSync.class);

    private static final int PERIODS = 2;

    /** Cassandra's own default, for a node that does not tell. */
    private static final Duration DEFAULT_PERIOD = Duration.ofSeconds(10);

    private static final Pattern PERIOD = Pattern.compile("(\\d+)(ms|s|m)");

    private static final String SYNC_SETTING = "commitlog_sync";
    private static final String PERIOD_SETTING = "commitlog_sync_period";

    private final CqlSession session;
    private final String keyspace;
    private volatile @Nullable Asked last;

    private record Asked(StoreEpoch epoch, Duration delay) {}

    CommitLogSync(CqlSession session, String keyspace) {
        this.session = session;
        this.keyspace = keyspace;
    }

    /**
     * Returns the delay of an epoch, in which no node starts with other settings.
     *
     * @throws DriverException if a node does not answer
     */
    Duration delayIn(StoreEpoch epoch) {
        Asked known = last;
        if (known == null || !known.epoch().equals(epoch)) {
            known = new Asked(epoch, hasReplicas() ? Duration.ZERO : ask());
            last = known;
        }
        return known.delay();
    }

    private boolean hasReplicas() {
        return session.getMetadata()
                .getKeyspace(keyspace)
                .map(found -> found.getReplication().entrySet().stream()
                        .filter(option -> !option.getKey().equals("class"))
                        .noneMatch(option -> option.getValue().equals("1")))
                .orElse(false);
    }

    private Duration ask() {
        Duration longest = Duration.ZERO;
        for (Node node : session.getMetadata().getNodes().values()) {
            if (StoreEpochs.isAsked(node)) {
                Duration delay = delayOf(node);
                longest = delay.compareTo(longest) > 0 ? delay : longest;
            }
        }
        return longest;
    }

    private Duration delayOf(Node node) {
        try {
            Map<String, String> settings = NodeSettings.ask(session, node, SYNC_SETTING, PERIOD_SETTING);
            return delayOf(settings.get(SYNC_SETTING), settings.get(PERIOD_SETTING));
        } catch (QueryValidationException e) {
            Duration delay = delayOf(null, null);
            LOG.warn(
                    "{} does not say how it syncs its commit log ({}): the ledger waits {} s after its rows. Let the user"
                            + " of Weir read system_views.settings",
                    node,
                    e.getMessage(),
                    delay.toSeconds());
            return delay;
        }
    }

    /**
     * Returns the delay for a node's settings.
     *
     * @param sync periodic, batch or group; null if it does not tell
     * @param period such as 100ms, for periodic
     */
    static Duration delayOf(@Nullable String sync, @Nullable String period) {
        if ("batch".equals(sync) || "group".equals(sync)) {
            return Duration.ZERO;
        }
        Matcher parts = PERIOD.matcher(String.valueOf(period));
        if (!parts.matches()) {
            return DEFAULT_PERIOD.multipliedBy(PERIODS);
        }
        long number = Long.parseLong(parts.group(1));
        Duration found =
                switch (parts.group(2)) {
                    case "ms" -> Duration.ofMillis(number);
                    case "s" -> Duration.ofSeconds(number);
                    default -> Duration.ofMinutes(number);
                };
        return found.multipliedBy(PERIODS);
    }
}
