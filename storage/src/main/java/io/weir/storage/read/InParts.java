package io.weir.storage.read;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Splits the values of {@code IN} markers into parts that are cheap for a node to read. */
public final class InParts {

    /** The maximum number of values, or of combinations of values, that a statement names. */
    public static final int MAX_VALUES = 100;

    private InParts() {}

    public static <T> void of(List<T> values, Consumer<List<T>> part) {
        new Chunks<>(values, MAX_VALUES).forEachRemaining(part);
    }

    /**
     * Splits the values of two {@code IN} markers, so that the parts together contain every combination of values once.
     */
    public static <T, U> void of(List<T> some, List<U> others, BiConsumer<List<T>, List<U>> part) {
        of(some, others, MAX_VALUES, part);
    }

    /** Splits the values of two {@code IN} markers into parts of at most so many combinations. */
    static <T, U> void of(List<T> some, List<U> others, int maxCombinations, BiConsumer<List<T>, List<U>> part) {
        new Chunks<>(others, maxCombinations)
                .forEachRemaining(ofOthers -> new Chunks<>(some, maxCombinations / ofOthers.size())
                        .forEachRemaining(ofSome -> part.accept(ofSome, ofOthers)));
    }
}
