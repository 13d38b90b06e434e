package io.weir.core.rollup;

/**
 * Identifies one rollup.
 *
 * @param id the device or the group
 */
public record RollupKey(Scope scope, String id, String metric, Window window) {}
