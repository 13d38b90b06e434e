package io.weir.storage.run;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The open runs, at most one per topic, which are read and changed together. A change compares the generation and sets
 * the next one; only the next read tells whether it was applied. All methods throw {@link
 * io.weir.core.fold.port.TablesException} if the table cannot be reached. Thread-safe.
 */
interface RunTable {

    Generation read();

    /** Writes a run, replacing that of its topic, if the table has not changed since it was read. */
    void put(String purpose, Generation found, Run run);

    /** Removes the run of a topic, if the table has not changed since it was read. */
    void delete(String purpose, Generation found, String topic);

    /** Starts to check whether a run is open, and returns at once: see {@link Runs#isOpenAsync}. */
    BooleanSupplier isOpenAsync(String topic, UUID run);

    /**
     * The state of the table at some time.
     *
     * @param number null before the first run
     */
    record Generation(@Nullable Long number, List<Run> open) {

        Optional<Run> of(String topic) {
            return open.stream().filter(run -> run.topic().equals(topic)).findFirst();
        }

        boolean isOpen(Run run) {
            return of(run.topic()).filter(found -> found.id().equals(run.id())).isPresent();
        }
    }
}
