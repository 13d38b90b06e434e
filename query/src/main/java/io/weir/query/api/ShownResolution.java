package io.weir.query.api;

import io.weir.core.rollup.Resolution;
import org.jspecify.annotations.Nullable;

/** The values of the parameter resolution. */
enum ShownResolution {
    RAW(null),
    HOUR(Resolution.HOUR),
    DAY(Resolution.DAY),
    MONTH(Resolution.MONTH),
    AUTO(null);

    private final @Nullable Resolution windows;

    ShownResolution(@Nullable Resolution windows) {
        this.windows = windows;
    }

    static ShownResolution of(Resolution resolution) {
        return valueOf(resolution.name());
    }

    /** Returns the length of its windows; null for raw and auto. */
    @Nullable
    Resolution windows() {
        return windows;
    }
}
