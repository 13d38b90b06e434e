package io.weir.query.api;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Something that a request can say, and how its text is read.
 *
 * @param place in the path or in the query
 * @param preset the text that stands for its absence; null if there is none
 * @param most so many may be given
 * @param schema of one value, as JSON Schema has it
 * @param read makes a value of a text, or throws an IllegalArgumentException that says what was expected
 */
record Parameter<T>(
        String name,
        Place place,
        @Nullable String preset,
        int most,
        Map<String, Object> schema,
        String description,
        Function<String, T> read) {

    /** Where it stands. */
    enum Place {
        PATH,
        QUERY
    }

    /** One that may be given once. */
    static <T> Parameter<T> single(
            String name,
            @Nullable String preset,
            Map<String, Object> schema,
            String description,
            Function<String, T> read) {
        return new Parameter<>(name, Place.QUERY, preset, 1, schema, description, read);
    }

    boolean isRepeatable() {
        return most > 1;
    }
}
