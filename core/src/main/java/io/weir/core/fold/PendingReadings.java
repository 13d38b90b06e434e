package io.weir.core.fold;

import io.weir.core.reading.ReadingKey;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Readings that were decided as new and may not be seen in the raw table yet: look-ups count them as written. */
final class PendingReadings {

    private record Batch(Collection<StoredReading> readings, PendingWrite write) {}

    private final Map<ReadingKey, Double> values = new HashMap<>();
    private final Deque<Batch> batches = new ArrayDeque<>();
    private final long limit;
    private long bytes;

    /** @param limit bytes of the heap */
    PendingReadings(long limit) {
        this.limit = limit;
    }

    /** Returns the value of a reading that may not be seen in the raw table yet. */
    @Nullable
    Double find(ReadingKey key) {
        return values.get(key);
    }

    void decided(StoredReading stored) {
        values.put(stored.reading().key(), stored.reading().value());
        bytes += HeapBytes.of(stored.reading());
    }

    /** Notes that readings which were decided are now being written. */
    void writing(Collection<StoredReading> readings, PendingWrite write) {
        batches.add(new Batch(readings, write));
    }

    /** Forgets what has become durable, and waits while more than the limit is not. Call it before look-ups. */
    void settle() {
        while (!batches.isEmpty()
                && (bytes > limit || batches.getFirst().write().isDurable())) {
            settleOldest();
        }
    }

    /** Whether some of those that are being written are not durable yet. */
    boolean areUnderWay() {
        return batches.stream().anyMatch(batch -> !batch.write().isDurable());
    }

    void awaitAll() {
        while (!batches.isEmpty()) {
            settleOldest();
        }
    }

    void clear() {
        values.clear();
        batches.clear();
        bytes = 0;
    }

    private void settleOldest() {
        Batch batch = batches.getFirst();
        batch.write().await();
        batches.removeFirst();
        for (StoredReading stored : batch.readings()) {
            values.remove(stored.reading().key());
            bytes -= HeapBytes.of(stored.reading());
        }
    }
}
