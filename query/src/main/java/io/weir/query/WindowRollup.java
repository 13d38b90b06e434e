package io.weir.query;

import io.weir.core.rollup.Rollup;
import io.weir.core.rollup.Window;

/** A window and its rollup, merged over sources. */
public record WindowRollup(Window window, Rollup rollup) {}
