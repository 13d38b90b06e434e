package io.weir.storage.session;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Splits the values of {@code IN} markers into parts that are cheap for a node to read. */
public final class InParts {

    private static final int MAX_VALUES = 100;

    private InParts() {}

    public static <T> void of(List<T> values, Consumer<List<T>> part) {
        of(values, MAX_VALUES, part);
    }

    /**
     * Splits the values of two {@code IN} markers, so that the parts together contain every combination of values once.
     */
    public static <T, U> void of(List<T> some, List<U> others, BiConsumer<List<T>, List<U>> part) {
        of(others, ofOthers -> of(some, MAX_VALUES / ofOthers.size(), ofSome -> part.accept(ofSome, ofOthers)));
    }

    private static <T> void of(List<T> values, int maxValues, Consumer<List<T>> part) {
        for (int from = 0; from < values.size(); from += maxValues) {
            part.accept(values.subList(from, Math.min(values.size(), from + maxValues)));
        }
    }
}
