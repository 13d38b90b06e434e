package io.weir.storage.rollup;

import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.RollupKey;
import io.weir.core.rollup.Scope;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** One of the six rollup tables. */
public record RollupTable(Scope scope, Resolution resolution) {

    /** Returns all six tables. */
    public static List<RollupTable> all() {
        return Stream.of(Scope.values())
                .flatMap(scope -> Stream.of(Resolution.values()).map(resolution -> new RollupTable(scope, resolution)))
                .toList();
    }

    /** Returns the table of a rollup. */
    public static RollupTable of(RollupKey key) {
        return new RollupTable(key.scope(), key.window().resolution());
    }

    /** Returns the name of the table, for example {@code hour_by_device}. */
    public String table() {
        return lower(resolution) + "_by_" + lower(scope);
    }

    /** Returns the column of the device or the group. */
    public String idColumn() {
        return lower(scope);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
