package io.weir.core.fold.port;

import io.weir.core.rollup.Scope;

/**
 * A range of raw rows: those of a device or a group and a metric with event times in [from, to), in milliseconds since
 * the epoch.
 *
 * @param id the device or the group
 */
public record RawSpan(Scope scope, String id, String metric, long from, long to) {}
