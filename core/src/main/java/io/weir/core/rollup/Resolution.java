package io.weir.core.rollup;

import java.util.List;

/** The length of the windows of a rollup. */
public enum Resolution {
    HOUR,
    DAY,
    MONTH;

    /** All resolutions, longest first: each window lies within one of the resolution before. */
    public static final List<Resolution> LONGEST_FIRST = List.of(MONTH, DAY, HOUR);
}
