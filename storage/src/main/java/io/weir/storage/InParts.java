package io.weir.storage;

import java.util.List;
import java.util.function.Consumer;

/** Cuts what one statement would ask for with {@code IN} into parts that are cheap for a node to answer. */
final class InParts {

    private static final int MAX_VALUES = 100;

    private InParts() {}

    static <T> void of(List<T> values, Consumer<List<T>> part) {
        for (int from = 0; from < values.size(); from += MAX_VALUES) {
            part.accept(values.subList(from, Math.min(values.size(), from + MAX_VALUES)));
        }
    }
}
