package io.weir.core.fold.engine;

import io.weir.core.reading.Reading;
import org.jspecify.annotations.Nullable;

/**
 * Interns the names of devices, groups and metrics, so that readings in memory share equal strings and their hash
 * codes. Bounded: of two names in the same slot, the later one replaces the earlier. Not thread-safe.
 */
final class Names {

    private static final int SLOTS = 1 << 12;

    private final @Nullable String[] interned = new String[SLOTS];

    /** Returns an equal reading whose names are shared with other readings. */
    Reading share(Reading reading) {
        return new Reading(
                share(reading.device()),
                share(reading.group()),
                share(reading.metric()),
                reading.time(),
                reading.value());
    }

    private String share(String name) {
        int hash = name.hashCode();
        int slot = (hash ^ hash >>> 16) & SLOTS - 1;
        String before = interned[slot];
        if (name.equals(before)) {
            return before;
        }
        interned[slot] = name;
        return name;
    }
}
