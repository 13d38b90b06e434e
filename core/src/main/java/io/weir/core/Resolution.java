package io.weir.core;

/** How long the windows of a rollup are. */
public enum Resolution {
    HOUR,
    DAY,
    MONTH
}
