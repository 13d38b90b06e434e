package io.weir.storage.session;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The connection to Cassandra and the limits on requests. None of these settings decides what is stored.
 *
 * @param contactPoints nodes to connect to first; at least one
 * @param localDatacenter the datacenter to use; null for that of the contact points
 * @param keyspace lower-case letters, digits and underscores
 * @param credentials null to connect without
 * @param connectFor the time to wait for the first response
 * @param requestTimeout the timeout of one attempt of a request
 * @param retryFor the time for which a request is retried while Cassandra is unavailable or overloaded, before it fails
 * @param maxRequestsInFlight the maximum number of concurrent writes and look-ups of this process
 * @param batchRows the maximum number of rows of one partition in one request
 */
public record CassandraSettings(
        List<InetSocketAddress> contactPoints,
        @Nullable String localDatacenter,
        String keyspace,
        @Nullable Credentials credentials,
        Duration connectFor,
        Duration requestTimeout,
        Duration retryFor,
        int maxRequestsInFlight,
        int batchRows) {

    private static final Pattern KEYSPACE = Pattern.compile("[a-z][a-z0-9_]{0,47}");

    private static final Duration MIN_DURATION = Duration.ofMillis(200);

    /**
     * The maximum of batchRows: more rows per request are not faster. {@link BatchLimits} limits the bytes of a
     * request.
     */
    private static final int MAX_BATCH_ROWS = 1000;

    /** The settings for a Cassandra on this machine. */
    public static final CassandraSettings DEFAULT = new CassandraSettings(
            List.of(InetSocketAddress.createUnresolved("127.0.0.1", 9042)),
            null,
            "weir",
            null,
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(25),
            256,
            200);

    public CassandraSettings {
        contactPoints = List.copyOf(contactPoints);
        require(!contactPoints.isEmpty(), "at least one contact point is needed, found none");
        require(
                KEYSPACE.matcher(keyspace).matches(),
                "a keyspace name has 1 to 48 lower-case letters, digits and underscores, and begins with a letter;"
                        + " found \"" + keyspace + "\"");
        requireLongEnough("the time to wait for the first response", connectFor);
        requireLongEnough("the timeout of one request", requestTimeout);
        requireLongEnough("the time for retries", retryFor);
        require(maxRequestsInFlight > 0, "requests in flight must be at least 1, found " + maxRequestsInFlight);
        require(
                batchRows >= 1 && batchRows <= MAX_BATCH_ROWS,
                "rows of a batch must be 1 to " + MAX_BATCH_ROWS + ", found " + batchRows);
    }

    /** Returns a copy with other contact points. */
    public CassandraSettings withContactPoints(List<InetSocketAddress> others) {
        return new CassandraSettings(
                others,
                localDatacenter,
                keyspace,
                credentials,
                connectFor,
                requestTimeout,
                retryFor,
                maxRequestsInFlight,
                batchRows);
    }

    /** Returns a copy for another keyspace. */
    public CassandraSettings withKeyspace(String other) {
        return new CassandraSettings(
                contactPoints,
                localDatacenter,
                other,
                credentials,
                connectFor,
                requestTimeout,
                retryFor,
                maxRequestsInFlight,
                batchRows);
    }

    /** Returns a copy with other credentials; null to connect without. */
    public CassandraSettings withCredentials(@Nullable Credentials other) {
        return new CassandraSettings(
                contactPoints,
                localDatacenter,
                keyspace,
                other,
                connectFor,
                requestTimeout,
                retryFor,
                maxRequestsInFlight,
                batchRows);
    }

    private static void requireLongEnough(String name, Duration duration) {
        require(
                duration.compareTo(MIN_DURATION) >= 0,
                name + " must be at least " + MIN_DURATION + ", found " + duration);
    }

    private static void require(boolean isValid, String message) {
        if (!isValid) {
            throw new IllegalArgumentException(message);
        }
    }

    /** A user name and password. The password is never printed. */
    public record Credentials(String user, String password) {

        @Override
        public String toString() {
            return "Credentials[user=" + user + ", password=***]";
        }
    }
}
