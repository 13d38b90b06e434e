package io.weir.core.rollup;

/** How long the windows of a rollup are. */
public enum Resolution {
    HOUR,
    DAY,
    MONTH
}
