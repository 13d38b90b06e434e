package io.weir.query;

import io.weir.core.rollup.Window;
import java.util.List;

/**
 * A window as it was asked for.
 *
 * @param count its readings
 * @param values one for each function that was asked for; null where there is nothing to say
 * @param filled whether the values are not its own
 */
public record WindowValues(Window window, long count, List<Object> values, boolean filled) {}
