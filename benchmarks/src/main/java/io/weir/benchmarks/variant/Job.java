package io.weir.benchmarks.variant;

import io.weir.core.secret.SecretFile;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.session.CassandraSettings;
import io.weir.storage.session.CassandraSettings.Credentials;
import java.io.Serializable;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One log to be worked through once, and where the tables go.
 *
 * @param cassandraPort on the loopback interface
 * @param login how a pipeline logs in to Cassandra, as {@code weir up} sets it
 * @param keyspace to write to
 * @param fusedKeyspace what the variant {@code fused} has made of the same log in the same round
 * @param fusedDirectory and where it did so
 * @param directory for checkpoints and what else has to be on disk
 */
public record Job(
        String bootstrap,
        int cassandraPort,
        Map<String, String> login,
        String topic,
        int partitions,
        String keyspace,
        String fusedKeyspace,
        String directory,
        String fusedDirectory)
        implements Serializable {

    /** Connects to Cassandra; the caller closes it. */
    public CassandraConnection connect(String to) {
        return CassandraConnection.open(CassandraSettings.DEFAULT
                .withContactPoints(List.of(InetSocketAddress.createUnresolved("127.0.0.1", cassandraPort)))
                .withCredentials(credentials())
                .withKeyspace(to));
    }

    /** Where a streaming query keeps its progress. */
    public String checkpoint(String query) {
        return directory + "/checkpoint/" + query;
    }

    private Credentials credentials() {
        String user = Objects.requireNonNull(login.get("spark.weir.cassandra.username"));
        String file = Objects.requireNonNull(login.get("spark.weir.cassandra.password-file"));
        return new Credentials(user, new SecretFile(Path.of(file)).read());
    }
}
