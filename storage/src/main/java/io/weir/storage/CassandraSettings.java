package io.weir.storage;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where Cassandra is, and how hard it may be worked. Nothing in here decides what is stored.
 *
 * @param contactPoints nodes to ask for the others; at least one
 * @param localDatacenter the datacenter to work with; null for that of the contact points
 * @param keyspace lower case letters, digits and underscores
 * @param credentials null to connect without
 * @param connectFor how long to wait for a first answer
 * @param requestTimeout after which one attempt of a request has failed
 * @param retryFor how long a request is tried again while Cassandra is away or overloaded; then it fails
 * @param maxRequestsInFlight requests under way at a time, in this process, of those that write or look up
 * @param batchRows rows of one partition that are written by one request
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

    private static final Duration SHORTEST = Duration.ofMillis(200);

    /** More rows in one request save nothing. Their bytes have a bound of their own ({@link BatchLimits}). */
    private static final int MAX_BATCH_ROWS = 1000;

    /** A Cassandra on this machine. */
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
                "a keyspace name has 1 to 48 lower case letters, digits and underscores and begins with a letter, found \""
                        + keyspace + "\"");
        requireSensible("the time to wait for a first answer", connectFor);
        requireSensible("the time for one request", requestTimeout);
        requireSensible("the time for trying again", retryFor);
        require(maxRequestsInFlight > 0, "requests in flight must be at least 1, found " + maxRequestsInFlight);
        require(
                batchRows >= 1 && batchRows <= MAX_BATCH_ROWS,
                "rows of a batch must be 1 to " + MAX_BATCH_ROWS + ", found " + batchRows);
    }

    /** Returns these settings for other nodes. */
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

    /** Returns these settings for another keyspace. */
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

    /** Returns these settings with another login; null to connect without. */
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

    private static void requireSensible(String what, Duration duration) {
        require(duration.compareTo(SHORTEST) >= 0, what + " must be at least " + SHORTEST + ", found " + duration);
    }

    private static void require(boolean kept, String message) {
        if (!kept) {
            throw new IllegalArgumentException(message);
        }
    }

    /** A login. Never printed. */
    public record Credentials(String user, String password) {

        @Override
        public String toString() {
            return "Credentials[user=" + user + ", password=***]";
        }
    }
}
