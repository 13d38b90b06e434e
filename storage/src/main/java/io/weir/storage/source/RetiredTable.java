package io.weir.storage.source;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.session.Columns;
import io.weir.storage.session.RetryingSession;
import io.weir.storage.source.Retirement.Action;
import io.weir.storage.source.Retirement.FoundLog;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and writes {@code retired_sources}. Thread-safe. */
final class RetiredTable {

    private static final String COLUMNS = "action, retired_at, retired_by, reason, through_offset, log_topic_id,"
            + " log_begins_at, log_ends_at, next_offset";

    private final RetryingSession requests;
    private final PreparedStatement selectAll;
    private final PreparedStatement select;
    private final PreparedStatement insert;

    RetiredTable(CassandraConnection connection) {
        this.requests = connection.requests();
        String table = connection.table("retired_sources");
        this.selectAll = connection
                .session()
                .prepare(SimpleStatement.newInstance(
                                "SELECT source, " + COLUMNS + " FROM " + table + " WHERE registry = ?")
                        .setConsistencyLevel(ConsistencyLevel.LOCAL_SERIAL));
        this.select = connection
                .session()
                .prepare("SELECT " + COLUMNS + " FROM " + table + " WHERE registry = ? AND source = ?");
        this.insert = connection
                .session()
                .prepare("INSERT INTO " + table + " (registry, source, " + COLUMNS
                        + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) IF NOT EXISTS");
    }

    Map<Integer, Retirement> readAll() {
        Map<Integer, Retirement> all = new HashMap<>();
        requests.execute("reading the retired sources", selectAll.bind(SourceRegistry.REGISTRY))
                .forEach(row -> all.put(row.getInt("source"), retirement(row)));
        return all;
    }

    /**
     * Reads the retirement of one source. Called in every task, so it is an ordinary read: it sees every acknowledged
     * retirement.
     */
    Optional<Retirement> find(int source) {
        return requests
                .execute("reading whether a source is retired", select.bind(SourceRegistry.REGISTRY, source))
                .stream()
                .findFirst()
                .map(RetiredTable::retirement);
    }

    /** Writes the retirement unless the source is retired already; {@link #readAll} tells which retirement exists. */
    void insert(int source, Retirement retirement) {
        FoundLog log = retirement.log();
        requests.execute(
                "retiring a source",
                insert.bind(
                        SourceRegistry.REGISTRY,
                        source,
                        retirement.action().code(),
                        retirement.at(),
                        retirement.by(),
                        retirement.reason(),
                        retirement.throughOffset(),
                        log.topicId(),
                        log.beginsAt(),
                        log.endsAt(),
                        retirement.nextOffset()));
    }

    private static Retirement retirement(Row row) {
        return new Retirement(
                Action.ofCode(Columns.text(row, "action")),
                Columns.instant(Columns.millis(row, "retired_at")),
                Columns.text(row, "retired_by"),
                row.getString("reason"),
                row.getLong("through_offset"),
                new FoundLog(row.getString("log_topic_id"), number(row, "log_begins_at"), number(row, "log_ends_at")),
                row.getLong("next_offset"));
    }

    private static @Nullable Long number(Row row, String column) {
        return row.get(column, Long.class);
    }
}
