package io.weir.core.rollup;

/**
 * Names one rollup: whose, of what, over which window.
 *
 * @param id the device or the group
 */
public record RollupKey(Scope scope, String id, String metric, Window window) {}
