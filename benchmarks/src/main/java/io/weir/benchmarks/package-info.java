/** {@code weir bench}: runs the variants round by round on one log, verifies their rows, and reports. */
@NullMarked
package io.weir.benchmarks;

import org.jspecify.annotations.NullMarked;
