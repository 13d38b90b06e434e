package io.weir.core.fold.engine;

import io.weir.core.fold.port.PendingWrite;
import io.weir.core.fold.port.StoredReading;
import io.weir.core.fold.rollup.HeapBytes;
import io.weir.core.reading.ReadingKey;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Readings that were decided as new, and whose raw rows may not be visible yet. Look-ups treat them as stored. Not
 * thread-safe.
 */
final class PendingReadings {

    private record Batch(Collection<StoredReading> readings, PendingWrite write) {}

    private final Map<ReadingKey, Double> values = new HashMap<>();
    private final Deque<Batch> batches = new ArrayDeque<>();
    private final long limit;
    private long bytes;

    /** @param limit the heap bytes above which {@link #removeDurable} waits */
    PendingReadings(long limit) {
        this.limit = limit;
    }

    /** Returns the value of a pending reading with this key; null if there is none. */
    @Nullable
    Double find(ReadingKey key) {
        return values.get(key);
    }

    void add(StoredReading stored) {
        values.put(stored.reading().key(), stored.reading().value());
        bytes += HeapBytes.of(stored.reading());
    }

    /** Registers the write of readings that were added. */
    void addWrite(Collection<StoredReading> readings, PendingWrite write) {
        batches.add(new Batch(readings, write));
    }

    /**
     * Removes readings that have become durable, and waits while the others exceed the limit. Call it before look-ups
     * in the raw table, never after them.
     */
    void removeDurable() {
        while (!batches.isEmpty()
                && (bytes > limit || batches.getFirst().write().isDurable())) {
            awaitOldest();
        }
    }

    /** Returns true if a registered write is not durable yet. */
    boolean hasInFlight() {
        return batches.stream().anyMatch(batch -> !batch.write().isDurable());
    }

    void awaitAll() {
        while (!batches.isEmpty()) {
            awaitOldest();
        }
    }

    void clear() {
        values.clear();
        batches.clear();
        bytes = 0;
    }

    private void awaitOldest() {
        Batch batch = batches.getFirst();
        batch.write().await();
        batches.removeFirst();
        for (StoredReading stored : batch.readings()) {
            values.remove(stored.reading().key());
            bytes -= HeapBytes.of(stored.reading());
        }
    }
}
