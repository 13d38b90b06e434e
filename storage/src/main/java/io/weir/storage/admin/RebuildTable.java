package io.weir.storage.admin;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.weir.core.rollup.Scope;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.session.Columns;
import io.weir.storage.session.RetryingSession;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads and writes {@code rebuilds}. Thread-safe. */
public final class RebuildTable {

    /** The partition of all rebuilds, which is small. */
    private static final String REGISTRY = "weir";

    private static final String COLUMNS =
            "requested_at, requested_by, topic, span_from, span_to, scope, id, metric, accepts_repairs, commands,"
                    + " last_command, done_at";

    private final RetryingSession requests;
    private final PreparedStatement selectAll;
    private final PreparedStatement insert;

    public RebuildTable(CassandraConnection connection) {
        this.requests = connection.requests();
        String table = connection.table("rebuilds");
        this.selectAll = connection.session().prepare("SELECT " + COLUMNS + " FROM " + table + " WHERE registry = ?");
        this.insert = connection
                .session()
                .prepare("INSERT INTO " + table + " (registry, " + COLUMNS
                        + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    }

    /**
     * Returns all rebuilds, newest first.
     *
     * @throws io.weir.core.fold.port.TablesException if Cassandra is unavailable
     */
    public List<RebuildProgress> readAll() {
        return requests.execute("reading the rebuilds", selectAll.bind(REGISTRY)).stream()
                .map(RebuildTable::progress)
                .toList();
    }

    /**
     * Writes the progress of a rebuild.
     *
     * @throws io.weir.core.fold.port.TablesException if Cassandra is unavailable
     */
    public void write(RebuildProgress progress) {
        RebuildRequest request = progress.request();
        requests.execute(
                "writing the progress of a rebuild",
                insert.bind(
                        REGISTRY,
                        progress.requestedAt(),
                        progress.requestedBy(),
                        request.topic(),
                        request.from(),
                        request.to(),
                        request.scope() == null ? null : request.scope().name().toLowerCase(Locale.ROOT),
                        request.id(),
                        request.metric(),
                        request.acceptsRepairs(),
                        progress.commands(),
                        progress.lastCommand(),
                        progress.doneAt()));
    }

    private static RebuildProgress progress(Row row) {
        RebuildRequest request = new RebuildRequest(
                Columns.text(row, "topic"),
                Columns.instant(Columns.millis(row, "span_from")),
                Columns.instant(Columns.millis(row, "span_to")),
                scope(row.getString("scope")),
                row.getString("id"),
                row.getString("metric"),
                row.getBoolean("accepts_repairs"));
        return new RebuildProgress(
                Columns.instant(Columns.millis(row, "requested_at")),
                Columns.text(row, "requested_by"),
                request,
                row.getLong("commands"),
                row.getString("last_command"),
                row.getInstant("done_at"));
    }

    private static @Nullable Scope scope(@Nullable String code) {
        return code == null ? null : Scope.valueOf(code.toUpperCase(Locale.ROOT));
    }
}
