package io.weir.storage;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Records that an operator has named to be left out, unread: reads and writes {@code quarantined_records}. A fold counts
 * each of them as one rejected reading. Thread-safe.
 */
public final class QuarantinedRecords {

    /** As many of one source at most: every executor has them in memory. */
    public static final int MAX = 1_000;

    private final Requests requests;
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
     * @throws io.weir.core.fold.TablesException if Cassandra is away
     */
    public Set<Long> offsetsOf(SourceId source) {
        return requests.ask("reading the quarantined records", select.bind(source.number())).stream()
                .map(row -> row.getLong("offset"))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Quarantines a record that no fold has applied. A pipeline that is running heeds it from its next start.
     *
     * @param reason in the words of whoever decides it; null for none
     * @throws io.weir.core.fold.TablesException if Cassandra is away
     */
    public void add(SourceId source, long offset, Instant at, String by, @Nullable String reason) {
        requests.ask("quarantining a record", insert.bind(source.number(), offset, at, by, reason));
    }
}
