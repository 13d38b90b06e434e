package io.weir.storage;

import io.weir.core.fold.TablesException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The open runs: opens, confirms and closes them. Several processes may do so at the same time; every change compares and
 * sets the generation of the whole table, so it is made over exactly what was read before. Thread-safe.
 *
 * <p>It needs lightweight transactions, which a majority of the replicas in the local data centre has to answer: all
 * pipelines of a keyspace must name the same local data centre. No clock is involved.
 */
public final class Runs {

    private final RunTable table;

    public Runs(CassandraConnection connection) {
        this(new CassandraRunTable(connection));
    }

    Runs(RunTable table) {
        this.table = table;
    }

    /**
     * Returns all runs that are open.
     *
     * @throws TablesException if Cassandra is away
     */
    public List<Run> readAll() {
        return table.read().open();
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
            RunTable.Generation found = table.read();
            if (found.isOpen(run) && isOpen(run)) {
                return new OpenedRun(run, tookOver, crashed);
            }
            if (!found.isOpen(run)) {
                admission.accept(found.open());
                tookOver = found.of(run.topic()).isPresent();
                crashed =
                        found.of(run.topic()).filter(other -> !other.stopped()).isPresent();
                table.put("opening a run", found, run);
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
            RunTable.Generation found = table.read();
            Optional<Run> ofTopic = found.of(run.topic());
            if (ofTopic.isEmpty() || !found.isOpen(run)) {
                return ofTopic.isEmpty();
            }
            table.delete("closing a run", found, run.topic());
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
            RunTable.Generation found = table.read();
            if (found.of(run.topic())
                    .filter(open -> open.id().equals(run.id()) && !open.stopped())
                    .isEmpty()) {
                return;
            }
            table.put("noting that a run has stopped", found, stopped);
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
        return table.askWhetherOpen(topic, run);
    }
}
