package io.weir.storage.run;

import io.weir.core.fold.port.TablesException;
import io.weir.storage.session.CassandraConnection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Opens, confirms and closes runs. Several processes may do so at the same time: every change compares and sets the
 * generation of the whole table, so it applies only to the state that was read before. Thread-safe.
 *
 * <p>Uses lightweight transactions, which need a majority of the replicas in the local datacenter: all pipelines of a
 * keyspace must use the same local datacenter. Does not depend on clocks.
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
     * Returns all open runs.
     *
     * @throws TablesException if Cassandra is unavailable
     */
    public List<Run> readAll() {
        return table.read().open();
    }

    /**
     * Opens a run, and replaces the open run of its topic, whose tasks apply no records that they read from then on.
     *
     * @param admission receives all open runs, and throws if this run must not be opened; may be called again if they
     *     change meanwhile
     * @throws TablesException if Cassandra is unavailable; the run may have been opened
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
     * Closes a run; returns false if another run has replaced it, which stays open.
     *
     * @throws TablesException if Cassandra is unavailable; the run may have been closed
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
     * Records that a run applies no more records, and leaves the run open. Does nothing if another run has replaced it.
     * Executors that have not ended yet may still write what they have applied; a rollback undoes that, too.
     *
     * @throws TablesException if Cassandra is unavailable; it may have been recorded
     */
    public void markStopped(Run run) {
        Run stopped = new Run(run.topic(), run.id(), run.openedAt(), run.process(), run.settings(), true);
        while (true) {
            RunTable.Generation found = table.read();
            if (found.of(run.topic())
                    .filter(open -> open.id().equals(run.id()) && !open.stopped())
                    .isEmpty()) {
                return;
            }
            table.put("recording that a run has stopped", found, stopped);
        }
    }

    /**
     * Ends a run that has applied nothing. Closes it if it took over no open run; otherwise leaves it open in place of
     * that run, and marks it as stopped.
     *
     * @throws TablesException if Cassandra is unavailable; the run may have been ended
     */
    public void abandon(OpenedRun opened) {
        if (opened.tookOver()) {
            markStopped(opened.run());
        } else {
            close(opened.run());
        }
    }

    /** Returns true if a run is open, was not replaced and has not stopped, according to a majority of the replicas. */
    public boolean isOpen(Run run) {
        return isOpenAsync(run.topic(), run.id()).getAsBoolean();
    }

    /**
     * Starts to check whether a run is open, was not replaced and has not stopped, and returns at once. The supplier
     * waits for the result. The state is read after this call, so a run that was replaced or marked as stopped before
     * it is not open: tasks that outlive their driver apply nothing more.
     *
     * @return the result; throws {@link TablesException} if Cassandra is unavailable
     */
    public BooleanSupplier isOpenAsync(String topic, UUID run) {
        return table.isOpenAsync(topic, run);
    }
}
