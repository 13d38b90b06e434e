package io.weir.storage.run;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.session.Columns;
import io.weir.storage.session.RetryingSession;
import io.weir.storage.session.WriteGroup;
import io.weir.storage.source.SourceRegistry;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** The open runs in Cassandra. A lightweight transaction compares the generation. Thread-safe. */
final class CassandraRunTable implements RunTable {

    private static final String REGISTRY = SourceRegistry.REGISTRY;

    /** The maximum bytes of a row: far more than the names and a dozen settings of a run need. */
    private static final int ROW_BYTES = 16 * 1024;

    private final RetryingSession requests;
    private final PreparedStatement selectAll;
    private final PreparedStatement selectOne;
    private final PreparedStatement advance;
    private final PreparedStatement insert;
    private final PreparedStatement delete;

    CassandraRunTable(CassandraConnection connection) {
        this.requests = connection.requests();
        String table = connection.table("runs");
        // A serial read also sees transactions that were applied but not acknowledged.
        this.selectAll = connection
                .session()
                .prepare(SimpleStatement.newInstance(
                                "SELECT generation, topic, run, opened_at, process, settings, stopped"
                                        + " FROM "
                                        + table + " WHERE registry = ?")
                        .setConsistencyLevel(ConsistencyLevel.LOCAL_SERIAL));
        this.selectOne =
                connection.session().prepare("SELECT run, stopped FROM " + table + " WHERE registry = ? AND topic = ?");
        this.advance = connection
                .session()
                .prepare("UPDATE " + table + " SET generation = ? WHERE registry = ? IF generation = ?");
        this.insert = connection
                .session()
                .prepare("INSERT INTO " + table
                        + " (registry, topic, run, opened_at, process, settings, stopped)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)");
        this.delete = connection.session().prepare("DELETE FROM " + table + " WHERE registry = ? AND topic = ?");
    }

    @Override
    public void put(String purpose, Generation found, Run run) {
        change(purpose, found, row(run));
    }

    @Override
    public void delete(String purpose, Generation found, String topic) {
        requests.awaitSynced(); // the ledgers of the run must be durable first
        change(purpose, found, delete.bind(REGISTRY, topic));
    }

    @Override
    public BooleanSupplier isOpenAsync(String topic, UUID run) {
        AtomicBoolean open = new AtomicBoolean();
        WriteGroup request = requests.group("confirming that the run is open");
        request.send(
                selectOne.bind(REGISTRY, topic),
                ROW_BYTES,
                row -> open.set(run.equals(row.getUuid("run")) && !row.getBoolean("stopped")));
        return () -> {
            request.await();
            return open.get();
        };
    }

    private BoundStatement row(Run run) {
        return insert.bind(
                REGISTRY, run.topic(), run.id(), run.openedAt(), run.process(), run.settings(), run.stopped());
    }

    /**
     * Changes the table if its generation is unchanged. After a retry, the response does not tell whether the change
     * was applied; the caller reads the table again.
     */
    private void change(String purpose, Generation found, BoundStatement change) {
        Long before = found.number();
        requests.execute(
                purpose,
                BatchStatement.newInstance(DefaultBatchType.LOGGED)
                        .add(advance.bind(before == null ? 1L : before + 1, REGISTRY, before))
                        .add(change)
                        .setSerialConsistencyLevel(ConsistencyLevel.LOCAL_SERIAL));
    }

    @Override
    public Generation read() {
        List<Row> rows = requests.execute("reading the open runs", selectAll.bind(REGISTRY));
        Long number = rows.isEmpty() ? null : rows.get(0).get("generation", Long.class);
        return new Generation(
                number,
                rows.stream()
                        .filter(row ->
                                row.getString("topic") != null) // without any run, the row has only the generation
                        .map(CassandraRunTable::run)
                        .toList());
    }

    private static Run run(Row row) {
        return new Run(
                Columns.text(row, "topic"),
                Objects.requireNonNull(row.getUuid("run")),
                Columns.instant(Columns.millis(row, "opened_at")),
                Columns.text(row, "process"),
                Objects.requireNonNullElse(row.getMap("settings", String.class, String.class), Map.of()),
                row.getBoolean("stopped"));
    }
}
