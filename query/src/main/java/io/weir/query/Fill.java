package io.weir.query;

/** What stands for a window without readings. */
public enum Fill {
    /** It is left out. */
    NONE,
    /** It is there, without values. */
    NULL,
    /** The values of the last window before it that has readings. */
    PREVIOUS,
    /** Numbers on the line between the windows before and after it that have readings. */
    LINEAR
}
