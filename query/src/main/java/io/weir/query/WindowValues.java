package io.weir.query;

import io.weir.core.rollup.Window;
import java.util.List;

/**
 * A window with the values of the requested functions.
 *
 * @param count the number of its readings
 * @param values one for each requested function; null if it has no result
 * @param filled whether the values are filled from other windows
 */
public record WindowValues(Window window, long count, List<Object> values, boolean filled) {}
