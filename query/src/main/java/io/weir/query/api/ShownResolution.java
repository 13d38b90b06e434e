package io.weir.query.api;

import io.weir.core.rollup.Resolution;
import org.jspecify.annotations.Nullable;

/** What may be asked for as resolution. */
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

    /** How long its windows are; null where it has none, or is yet to be chosen. */
    @Nullable
    Resolution windows() {
        return windows;
    }
}
