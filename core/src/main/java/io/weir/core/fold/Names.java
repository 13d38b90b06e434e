package io.weir.core.fold;

import io.weir.core.reading.Reading;
import org.jspecify.annotations.Nullable;

/**
 * Lets readings share the names of devices, groups and metrics: they are few, each comes again and again, and many readings
 * are in memory together. A shared name also has its hash already. Bounded: of two names that fall on the same place the
 * later one stays. Not thread-safe.
 */
final class Names {

    private static final int PLACES = 1 << 12;

    private final @Nullable String[] known = new String[PLACES];

    /** Returns the reading, with names that others may have as well. */
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
        int place = (hash ^ hash >>> 16) & PLACES - 1;
        String before = known[place];
        if (name.equals(before)) {
            return before;
        }
        known[place] = name;
        return name;
    }
}
