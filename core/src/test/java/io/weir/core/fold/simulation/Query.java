package io.weir.core.fold.simulation;

import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.RollupKey;
import io.weir.core.rollup.Scope;
import org.jspecify.annotations.Nullable;

/** A query and the table that it feeds in the layout eight; the first decides. */
enum Query {
    RAW_BY_DEVICE(null, null),
    RAW_BY_GROUP(null, null),
    HOUR_BY_DEVICE(Scope.DEVICE, Resolution.HOUR),
    DAY_BY_DEVICE(Scope.DEVICE, Resolution.DAY),
    MONTH_BY_DEVICE(Scope.DEVICE, Resolution.MONTH),
    HOUR_BY_GROUP(Scope.GROUP, Resolution.HOUR),
    DAY_BY_GROUP(Scope.GROUP, Resolution.DAY),
    MONTH_BY_GROUP(Scope.GROUP, Resolution.MONTH);

    private final @Nullable Scope scope;
    private final @Nullable Resolution resolution;

    Query(@Nullable Scope scope, @Nullable Resolution resolution) {
        this.scope = scope;
        this.resolution = resolution;
    }

    @Nullable
    Scope scope() {
        return scope;
    }

    @Nullable
    Resolution resolution() {
        return resolution;
    }

    boolean decides() {
        return this == RAW_BY_DEVICE;
    }

    /** Returns the query whose table contains a rollup. */
    static Query of(RollupKey key) {
        for (Query query : values()) {
            if (query.scope == key.scope() && query.resolution == key.window().resolution()) {
                return query;
            }
        }
        throw new IllegalStateException("no query feeds " + key);
    }
}
