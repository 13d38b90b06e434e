package io.weir.query;

import io.weir.core.rollup.Rollup;
import io.weir.core.rollup.Window;

/** A window and all that is known of it: one rollup, sources merged. */
public record WindowRollup(Window window, Rollup rollup) {}
