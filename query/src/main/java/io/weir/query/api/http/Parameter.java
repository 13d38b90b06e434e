package io.weir.query.api.http;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request parameter, and how its text is parsed.
 *
 * @param place in the path or in the query
 * @param preset the default value as text; null if there is none
 * @param maxCount the maximum number of values
 * @param schema the JSON Schema of one value
 * @param read parses a text, or throws an IllegalArgumentException that says what was expected
 */
public record Parameter<T>(
        String name,
        Place place,
        @Nullable String preset,
        int maxCount,
        Map<String, Object> schema,
        String description,
        Function<String, T> read) {

    /** The location of a parameter. */
    public enum Place {
        PATH,
        QUERY
    }

    /** Creates a parameter with at most one value. */
    public static <T> Parameter<T> single(
            String name,
            @Nullable String preset,
            Map<String, Object> schema,
            String description,
            Function<String, T> read) {
        return new Parameter<>(name, Place.QUERY, preset, 1, schema, description, read);
    }

    public boolean isRepeatable() {
        return maxCount > 1;
    }
}
