package io.weir.storage.session;

import com.datastax.oss.driver.api.core.CqlSession;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The Cassandra session of the process, which everything else in this package uses. Thread-safe. */
public final class CassandraConnection implements AutoCloseable {

    private static final long MAX_RETRY_DELAY_MILLIS = 500;

    private final CassandraSettings settings;
    private final CqlSession session;
    private final RetryingSession requests;
    private @Nullable BatchLimits batchLimits;

    private CassandraConnection(CassandraSettings settings, CqlSession session) {
        this.settings = settings;
        this.session = session;
        this.requests = new RetryingSession(session, settings);
    }

    /**
     * Connects, and retries for the time that the settings allow. The keyspace need not exist yet.
     *
     * @throws CassandraUnavailableException if no node has answered in that time, or a retry cannot help
     */
    public static CassandraConnection open(CassandraSettings settings) {
        return open(settings, null);
    }

    /**
     * Connects as {@link #open(CassandraSettings)}, and records metrics of the session.
     *
     * @param meters a Micrometer registry, which requires the driver's Micrometer module on the class path; null to
     *     record no metrics
     * @throws CassandraUnavailableException if no node has answered in time, or a retry cannot help
     */
    public static CassandraConnection open(CassandraSettings settings, @Nullable Object meters) {
        ConnectAttempt attempt = new ConnectAttempt(settings, meters);
        RetryPolicy<CqlSession> retry = RetryPolicy.<CqlSession>builder()
                .handleIf(ConnectAttempt::isRetryable)
                .withMaxAttempts(-1)
                .withMaxDuration(settings.connectFor())
                .withDelay(Duration.ofMillis(
                        Math.min(MAX_RETRY_DELAY_MILLIS, settings.connectFor().toMillis() / 2)))
                .build();
        try {
            return new CassandraConnection(settings, Failsafe.with(retry).get(attempt::connect));
        } catch (FailsafeException e) {
            Thread.currentThread().interrupt();
            throw new CassandraUnavailableException("interrupted while connecting to " + attempt.contactPoints(), e);
        } catch (RuntimeException e) {
            throw attempt.explain(e);
        }
    }

    public CqlSession session() {
        return session;
    }

    public CassandraSettings settings() {
        return settings;
    }

    /** Returns the executor of all writes and look-ups of this process, which share its limits. */
    public RetryingSession requests() {
        return requests;
    }

    /**
     * Waits until every acknowledged write is in the nodes' synced commit logs.
     *
     * @throws io.weir.core.fold.port.TablesException if a node has restarted meanwhile, so that writes may be lost
     */
    public void awaitSynced() {
        requests.awaitSynced();
    }

    /** Returns the limits of one write request, as read from a node once. */
    public synchronized BatchLimits batchLimits() {
        BatchLimits known = batchLimits;
        if (known == null) {
            known = BatchLimits.read(session, settings.batchRows());
            batchLimits = known;
        }
        return known;
    }

    /** Returns the name of a table with its keyspace, for use in statements. */
    public String table(String name) {
        return settings.keyspace() + "." + name;
    }

    @Override
    public void close() {
        session.close();
    }
}
