/** Measures the latency from sending a reading to its rows in the tables, while a fleet sends at a fixed rate. */
@NullMarked
package io.weir.benchmarks.latency;

import org.jspecify.annotations.NullMarked;
