/** Whether a fleet that reports at a steady rate is kept up with, and what that takes. */
@NullMarked
package io.weir.benchmarks.steady;

import org.jspecify.annotations.NullMarked;
