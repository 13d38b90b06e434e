package io.weir.core.fold.engine;

import io.weir.core.fold.port.RejectedReading;
import io.weir.core.fold.rollup.HeapBytes;
import java.util.ArrayList;
import java.util.List;

/**
 * The elements of some records of a chunk, which are decided together: as many records as fit into the memory for a
 * step. Not thread-safe.
 */
final class Step {

    private final long capacity;
    private final List<Candidate> candidates = new ArrayList<>();
    private final List<RejectedReading> rejected = new ArrayList<>();
    private long bytes;

    /** @param capacity the bytes of elements above which the step is full */
    Step(long capacity) {
        this.capacity = capacity;
    }

    void add(Candidate candidate) {
        candidates.add(candidate);
        bytes += HeapBytes.of(candidate.reading());
    }

    void add(RejectedReading reading) {
        rejected.add(reading);
        bytes += HeapBytes.of(reading.rejection());
    }

    boolean isFull() {
        return bytes > capacity;
    }

    List<Candidate> candidates() {
        return candidates;
    }

    List<RejectedReading> rejected() {
        return rejected;
    }
}
