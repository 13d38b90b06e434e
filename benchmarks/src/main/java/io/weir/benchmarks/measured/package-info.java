/** Observes a measured Weir: its processes, its tables and its node. */
@NullMarked
package io.weir.benchmarks.measured;

import org.jspecify.annotations.NullMarked;
