package io.weir.query;

/** How windows without readings are filled. */
public enum Fill {
    /** The window is omitted. */
    NONE,
    /** The window has null values. */
    NULL,
    /** The window has the values of the last window before it that has readings. */
    PREVIOUS,
    /** The values are interpolated linearly between the windows with readings before and after it. */
    LINEAR
}
