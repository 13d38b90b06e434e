package io.weir.storage.session;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.metadata.Node;
import io.weir.core.text.FailureText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Opens a session, or explains why it cannot. Not thread-safe. */
final class ConnectAttempt {

    private final CassandraSettings settings;
    private final @Nullable Object meters;

    ConnectAttempt(CassandraSettings settings, @Nullable Object meters) {
        this.settings = settings;
        this.meters = meters;
    }

    CqlSession connect() {
        CqlSessionBuilder builder = CqlSession.builder()
                .withConfigLoader(DriverOptions.of(settings, meters != null))
                .withMetricRegistry(meters)
                .addContactPoints(resolve());
        String datacenter = settings.localDatacenter();
        if (datacenter != null) {
            builder.withLocalDatacenter(datacenter);
        }
        CassandraSettings.Credentials credentials = settings.credentials();
        if (credentials != null) {
            builder.withAuthCredentials(credentials.user(), credentials.password());
        }
        CqlSession session = builder.build();
        if (datacenter != null) {
            requireDatacenter(session, datacenter);
        }
        return session;
    }

    /** Returns true if a later attempt may succeed. */
    static boolean isRetryable(Throwable e) {
        return (e instanceof DriverException && refusedLogin(e) == null) || e instanceof UncheckedIOException;
    }

    CassandraUnavailableException explain(RuntimeException e) {
        if (e instanceof CassandraUnavailableException explained) {
            return explained;
        }
        Throwable refused = refusedLogin(e);
        if (refused != null) {
            return new CassandraUnavailableException(
                    "Cassandra at " + contactPoints() + " refused the login (" + oneLine(refused)
                            + "): check weir.cassandra.username and password-file; --data finds the Cassandra of weir"
                            + " up with its login",
                    e);
        }
        return new CassandraUnavailableException(
                "no Cassandra answers at " + contactPoints() + " (" + oneLine(deepest(e))
                        + "): start it, or correct the contact points",
                e);
    }

    /** Returns the contact points as text for messages. */
    String contactPoints() {
        return settings.contactPoints().stream()
                .map(address -> address.getHostString() + ":" + address.getPort())
                .collect(Collectors.joining(", "));
    }

    /** Resolves host names at every attempt, because in a cluster they may appear after this process has started. */
    private List<InetSocketAddress> resolve() {
        List<InetSocketAddress> known = new ArrayList<>();
        for (InetSocketAddress address : settings.contactPoints()) {
            InetSocketAddress resolved = new InetSocketAddress(address.getHostString(), address.getPort());
            if (!resolved.isUnresolved()) {
                known.add(resolved);
            }
        }
        if (known.isEmpty()) {
            throw new UncheckedIOException(new UnknownHostException("unknown host"));
        }
        return known;
    }

    private void requireDatacenter(CqlSession session, String expected) {
        SortedSet<String> found = session.getMetadata().getNodes().values().stream()
                .map(Node::getDatacenter)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!found.contains(expected)) {
            session.close();
            throw new CassandraUnavailableException("Cassandra at " + contactPoints() + " has the datacenters " + found
                    + ", expected \"" + expected + "\": correct the local datacenter, or leave it out");
        }
    }

    private static @Nullable Throwable refusedLogin(Throwable e) {
        return reasons(e).stream()
                .filter(AuthenticationException.class::isInstance)
                .findFirst()
                .orElse(null);
    }

    /**
     * Returns the I/O failure of a connection, which the driver adds as a suppressed exception; otherwise the root
     * cause.
     */
    private static Throwable deepest(Throwable e) {
        List<Throwable> reasons = reasons(e);
        Throwable cause = reasons.isEmpty() ? e : reasons.get(0);
        while (true) {
            for (Throwable suppressed : cause.getSuppressed()) {
                if (suppressed instanceof IOException) {
                    return suppressed;
                }
            }
            Throwable next = cause.getCause();
            if (next == null) {
                return cause;
            }
            cause = next;
        }
    }

    private static List<Throwable> reasons(Throwable e) {
        return e instanceof AllNodesFailedException all
                ? all.getAllErrors().values().stream().flatMap(List::stream).toList()
                : List.of();
    }

    private static String oneLine(Throwable e) {
        return FailureText.of(e).lines().findFirst().orElse("");
    }
}
