package io.weir.storage.session;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import io.weir.core.fold.port.StoreEpoch;
import io.weir.core.fold.port.TablesException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Computes how long after its acknowledgement a write is certainly in the synced commit log of its node, if the node
 * has not restarted since. With {@code commitlog_sync: periodic}, a node acknowledges writes before it syncs: a crash
 * loses the last writes, except those of tables whose memtable was flushed meanwhile. So a ledger could survive the
 * rows that it accounts for. After two periods, one full period with its sync has passed since the acknowledgement.
 *
 * <p>If every row has several replicas, the delay is zero, because a crash of one replica loses nothing. Thread-safe.
 */
final class CommitLogSync {

    private static final Logger LOG = LoggerFactory.getLogger(CommitLogSync.class);

    private static final int PERIODS = 2;

    /** Cassandra's default, used if a node does not report its period. */
    private static final Duration DEFAULT_PERIOD = Duration.ofSeconds(10);

    private static final Pattern PERIOD = Pattern.compile("(\\d+)(ms|s|m)");

    private static final String SYNC_SETTING = "commitlog_sync";
    private static final String PERIOD_SETTING = "commitlog_sync_period";

    private final CqlSession session;
    private final String keyspace;
    private final StoreEpochs epochs;
    private volatile @Nullable EpochDelay lastRead;

    private record EpochDelay(StoreEpoch epoch, Duration delay) {}

    CommitLogSync(CqlSession session, String keyspace, StoreEpochs epochs) {
        this.session = session;
        this.keyspace = keyspace;
        this.epochs = epochs;
    }

    /**
     * Returns the delay for an epoch. Settings of nodes cannot change within an epoch, so they are read once.
     *
     * @throws DriverException if a node does not respond
     * @throws TablesException if the store is in another epoch
     */
    Duration delayIn(StoreEpoch epoch) throws InterruptedException {
        EpochDelay known = lastRead;
        if (known == null || !known.epoch().equals(epoch)) {
            known = new EpochDelay(epoch, hasReplicas() ? Duration.ZERO : readDelay(epoch));
            lastRead = known;
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

    private Duration readDelay(StoreEpoch epoch) throws InterruptedException {
        List<Node> nodes = epochs.nodes();
        Duration longest = Duration.ZERO;
        for (Node node : nodes) {
            Duration delay = delayOf(node);
            longest = delay.compareTo(longest) > 0 ? delay : longest;
        }
        // A node that the driver did not reach for a moment is part of the epoch, too.
        RetryingSession.get(epochs.require(epoch, nodes));
        return longest;
    }

    private Duration delayOf(Node node) {
        try {
            Map<String, String> settings = NodeSettings.read(session, node, SYNC_SETTING, PERIOD_SETTING);
            return delayOf(settings.get(SYNC_SETTING), settings.get(PERIOD_SETTING));
        } catch (QueryValidationException e) {
            Duration delay = delayOf(null, null);
            LOG.warn(
                    "{} does not report how it syncs its commit log ({}): ledgers are written {} s after their rows."
                            + " Allow Weir's user to read system_views.settings",
                    node,
                    e.getMessage(),
                    delay.toSeconds());
            return delay;
        }
    }

    /**
     * Returns the delay for the settings of a node.
     *
     * @param sync periodic, batch or group; null if unknown
     * @param period a duration such as 100ms, for periodic; null if unknown
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
