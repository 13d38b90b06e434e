package io.weir.core.rollup;

/** Whether a rollup covers one device or all devices of a group. */
public enum Scope {
    DEVICE,
    GROUP
}
