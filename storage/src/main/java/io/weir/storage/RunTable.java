package io.weir.storage;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The open runs, one for each topic, which are read and changed together. A change compares the generation and sets the
 * next one; whether it was made, the next reading says. All methods throw {@link io.weir.core.fold.TablesException} if
 * the table cannot be reached. Thread-safe.
 */
interface RunTable {

    Generation read();

    /** Puts a run in the place of the one of its topic, if the table is still as it was found. */
    void put(String purpose, Generation found, Run run);

    /** Removes the run of a topic, if the table is still as it was found. */
    void delete(String purpose, Generation found, String topic);

    /** Asks whether a run is the one of its topic, and returns at once: see {@link Runs#askWhetherOpen}. */
    BooleanSupplier askWhetherOpen(String topic, UUID run);

    /**
     * The table as it was at some time.
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
