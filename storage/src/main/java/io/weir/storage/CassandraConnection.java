package io.weir.storage;

import com.datastax.oss.driver.api.core.CqlSession;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The process's one session with Cassandra; everything else in this package works through it. Thread-safe. */
public final class CassandraConnection implements AutoCloseable {

    private static final long PAUSE_MILLIS = 500;

    private final CassandraSettings settings;
    private final CqlSession session;
    private final Requests requests;
    private @Nullable BatchLimits batchLimits;

    private CassandraConnection(CassandraSettings settings, CqlSession session) {
        this.settings = settings;
        this.session = session;
        this.requests = new Requests(session, settings);
    }

    /**
     * Connects. The keyspace need not exist yet.
     *
     * @throws CassandraUnavailableException if no node has answered in the time that the settings allow
     */
    public static CassandraConnection open(CassandraSettings settings) {
        return open(settings, null);
    }

    /**
     * Connects as {@link #open(CassandraSettings)}, and measures the session.
     *
     * @param meters a Micrometer registry, for which the driver's module for Micrometer must be on the class path; null to
     *     measure nothing
     */
    public static CassandraConnection open(CassandraSettings settings, @Nullable Object meters) {
        ConnectAttempt attempt = new ConnectAttempt(settings, meters);
        RetryPolicy<CqlSession> untilItAnswers = RetryPolicy.<CqlSession>builder()
                .handleIf(ConnectAttempt::mayPass)
                .withMaxAttempts(-1)
                .withMaxDuration(settings.connectFor())
                .withDelay(Duration.ofMillis(
                        Math.min(PAUSE_MILLIS, settings.connectFor().toMillis() / 2)))
                .build();
        try {
            return new CassandraConnection(
                    settings, Failsafe.with(untilItAnswers).get(attempt::connect));
        } catch (FailsafeException e) {
            Thread.currentThread().interrupt();
            throw new CassandraUnavailableException("interrupted while connecting to " + attempt.asked(), e);
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

    /** The one way for all that this process writes and looks up, so that one bound holds for it. */
    Requests requests() {
        return requests;
    }

    /**
     * Waits until all that the nodes have acknowledged is in their synced commit logs.
     *
     * @throws io.weir.core.fold.TablesException if a node has restarted meanwhile, so that it may not be
     */
    public void awaitSynced() {
        requests.awaitSynced();
    }

    /** How much goes into one request, for the nodes that this is connected to. */
    synchronized BatchLimits batchLimits() {
        BatchLimits known = batchLimits;
        if (known == null) {
            known = BatchLimits.ask(session, settings.batchRows());
            batchLimits = known;
        }
        return known;
    }

    /** Returns a table's name with the keyspace, as statements need it. */
    public String table(String name) {
        return settings.keyspace() + "." + name;
    }

    @Override
    public void close() {
        session.close();
    }
}
