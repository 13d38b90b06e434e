package io.weir.storage;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.weir.core.fold.TablesException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The open runs: opens, confirms and closes them. Several processes may do so at the same time; every change compares and
 * sets the generation of the whole table, so it is made over exactly what was read before. Thread-safe.
 *
 * <p>It needs lightweight transactions, which a majority of the replicas in the local data centre has to answer: all
 * pipelines of a keyspace must name the same local data centre. No clock is involved.
 */
public final class Runs {

    private static final String REGISTRY = SourceRegistry.REGISTRY;

    private final Requests requests;
    private final PreparedStatement selectAll;
    private final PreparedStatement selectOne;
    private final PreparedStatement advance;
    private final PreparedStatement insert;
    private final PreparedStatement delete;

    public Runs(CassandraConnection connection) {
        this.requests = connection.requests();
        String table = connection.table("runs");
        // A serial read also sees transactions whose outcome nobody has been told yet.
        this.selectAll = connection
                .session()
                .prepare(SimpleStatement.newInstance(
                                "SELECT generation, topic, run, opened_at, process, settings, stopped"
                                        + " FROM "
                                        + table + " WHERE registry = ?")
                        .setConsistencyLevel(ConsistencyLevel.LOCAL_SERIAL));
        this.selectOne = connection.session().prepare("SELECT run FROM " + table + " WHERE registry = ? AND topic = ?");
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

    /**
     * Returns all runs that are open.
     *
     * @throws TablesException if Cassandra is away
     */
    public List<Run> readAll() {
        return read().open();
    }

    /**
     * Opens a run. It replaces another of its topic, whose tasks apply nothing that they read from then on.
     *
     * @param admission is given all runs that are open, and throws if this one must not be opened beside them or after
     *     them; it may be asked again when they change meanwhile
     * @throws TablesException if Cassandra is away; then it may be open
     */
    public OpenedRun open(Run run, Consumer<List<Run>> admission) {
        boolean tookOver = false;
        boolean crashed = false;
        while (true) {
            Generation found = read();
            if (found.isOpen(run) && isOpen(run)) {
                return new OpenedRun(run, tookOver, crashed);
            }
            if (!found.isOpen(run)) {
                admission.accept(found.open());
                tookOver = found.of(run.topic()).isPresent();
                crashed =
                        found.of(run.topic()).filter(other -> !other.stopped()).isPresent();
                change("opening a run", found, row(run));
            }
        }
    }

    /**
     * Closes a run; returns false if another has replaced it, and is left open.
     *
     * @throws TablesException if Cassandra is away; then it may be closed
     */
    public boolean close(Run run) {
        while (true) {
            Generation found = read();
            Optional<Run> ofTopic = found.of(run.topic());
            if (ofTopic.isEmpty() || !found.isOpen(run)) {
                return ofTopic.isEmpty();
            }
            change("closing a run", found, delete.bind(REGISTRY, run.topic()));
        }
    }

    /**
     * Notes that no fold of a run writes any more, and leaves it open. Does nothing if another has replaced it.
     *
     * @throws TablesException if Cassandra is away; then it may be noted
     */
    public void noteStopped(Run run) {
        Run stopped = new Run(run.topic(), run.id(), run.openedAt(), run.process(), run.settings(), true);
        while (true) {
            Generation found = read();
            if (found.of(run.topic())
                    .filter(open -> open.id().equals(run.id()) && !open.stopped())
                    .isEmpty()) {
                return;
            }
            change("noting that a run has stopped", found, row(stopped));
        }
    }

    /**
     * Ends a run that has applied nothing: it is closed if all before it were. Otherwise it stays open as the one that it
     * took over, and is noted as stopped.
     *
     * @throws TablesException if Cassandra is away; then it may be ended
     */
    public void abandon(OpenedRun opened) {
        if (opened.tookOver()) {
            noteStopped(opened.run());
        } else {
            close(opened.run());
        }
    }

    /** Returns whether a run is open and was not replaced, as seen by a majority of the replicas. */
    public boolean isOpen(Run run) {
        return askWhetherOpen(run.topic(), run.id()).getAsBoolean();
    }

    /**
     * Asks whether a run is open and was not replaced: returns at once. The answer waits, and tells what was so after the
     * question: a run that was replaced before is not open.
     *
     * @return throws {@link TablesException} if Cassandra is away
     */
    public BooleanSupplier askWhetherOpen(String topic, UUID run) {
        AtomicBoolean open = new AtomicBoolean();
        RequestGroup question = requests.group("confirming that the run is open");
        question.send(selectOne.bind(REGISTRY, topic), row -> open.set(run.equals(row.getUuid("run"))));
        return () -> {
            question.await();
            return open.get();
        };
    }

    private BoundStatement row(Run run) {
        return insert.bind(
                REGISTRY, run.topic(), run.id(), run.openedAt(), run.process(), run.settings(), run.stopped());
    }

    /** Whether it was made, nobody can tell from the answer to a repeated request: the next reading says so. */
    private void change(String purpose, Generation found, BoundStatement change) {
        Long before = found.number();
        requests.ask(
                purpose,
                BatchStatement.newInstance(DefaultBatchType.LOGGED)
                        .add(advance.bind(before == null ? 1L : before + 1, REGISTRY, before))
                        .add(change)
                        .setSerialConsistencyLevel(ConsistencyLevel.LOCAL_SERIAL));
    }

    private Generation read() {
        List<Row> rows = requests.ask("reading the open runs", selectAll.bind(REGISTRY));
        Long number = rows.isEmpty() ? null : rows.get(0).get("generation", Long.class);
        return new Generation(
                number,
                rows.stream()
                        .filter(row ->
                                row.getString("topic") != null) // the generation is there without any run as well
                        .map(Runs::run)
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

    /**
     * The table as it was at some time.
     *
     * @param number null before the first run
     */
    private record Generation(@Nullable Long number, List<Run> open) {

        Optional<Run> of(String topic) {
            return open.stream().filter(run -> run.topic().equals(topic)).findFirst();
        }

        boolean isOpen(Run run) {
            return of(run.topic()).filter(found -> found.id().equals(run.id())).isPresent();
        }
    }
}
