package io.weir.core.rollup;

import java.util.List;

/** How long the windows of a rollup are. */
public enum Resolution {
    HOUR,
    DAY,
    MONTH;

    /** All of them: each window lies within one of the resolution before. */
    public static final List<Resolution> LONGEST_FIRST = List.of(MONTH, DAY, HOUR);
}
