package io.weir.storage.rejected;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.session.RetryingSession;
import io.weir.storage.source.SourceId;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Records that an operator has quarantined: reads and writes {@code quarantined_records}. A fold does not decode them,
 * and counts each as one rejected reading. Thread-safe.
 */
public final class QuarantinedRecords {

    /** The maximum number of quarantined records of one source; every executor holds them in memory. */
    public static final int MAX = 1_000;

    private final RetryingSession requests;
    private final PreparedStatement select;
    private final PreparedStatement insert;

    public QuarantinedRecords(CassandraConnection connection) {
        this.requests = connection.requests();
        String table = connection.table("quarantined_records");
        this.select = connection.session().prepare("SELECT offset FROM " + table + " WHERE source = ?");
        this.insert = connection
                .session()
                .prepare("INSERT INTO " + table
                        + " (source, offset, quarantined_at, quarantined_by, reason) VALUES (?, ?, ?, ?, ?)");
    }

    /**
     * Returns the offsets of a source's quarantined records.
     *
     * @throws io.weir.core.fold.port.TablesException if Cassandra is unavailable
     */
    public Set<Long> offsetsOf(SourceId source) {
        return requests.execute("reading the quarantined records", select.bind(source.number())).stream()
                .map(row -> row.getLong("offset"))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Quarantines a record that no fold has applied. Takes effect at the next start of the pipeline.
     *
     * @param reason the reason given by the user; null for none
     * @throws io.weir.core.fold.port.TablesException if Cassandra is unavailable
     */
    public void add(SourceId source, long offset, Instant at, String by, @Nullable String reason) {
        requests.execute("quarantining a record", insert.bind(source.number(), offset, at, by, reason));
    }
}
