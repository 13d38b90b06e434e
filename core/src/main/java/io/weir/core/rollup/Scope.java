package io.weir.core.rollup;

/** Whose readings a rollup sums up: one device's, or those of all devices in a group. */
public enum Scope {
    DEVICE,
    GROUP
}
