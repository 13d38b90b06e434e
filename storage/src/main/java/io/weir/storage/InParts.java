package io.weir.storage;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Cuts what one statement would ask for with {@code IN} into parts that are cheap for a node to answer. */
final class InParts {

    private static final int MAX_VALUES = 100;

    private InParts() {}

    static <T> void of(List<T> values, Consumer<List<T>> part) {
        of(values, MAX_VALUES, part);
    }

    /** Cuts what is asked for with two of them, every value of the one with every value of the other. */
    static <T, U> void of(List<T> some, List<U> others, BiConsumer<List<T>, List<U>> part) {
        of(others, ofOthers -> of(some, MAX_VALUES / ofOthers.size(), ofSome -> part.accept(ofSome, ofOthers)));
    }

    private static <T> void of(List<T> values, int most, Consumer<List<T>> part) {
        for (int from = 0; from < values.size(); from += most) {
            part.accept(values.subList(from, Math.min(values.size(), from + most)));
        }
    }
}
