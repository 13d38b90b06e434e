/** Measures whether a pipeline keeps up with a fleet at a steady rate, and its resource usage. */
@NullMarked
package io.weir.benchmarks.steady;

import org.jspecify.annotations.NullMarked;
