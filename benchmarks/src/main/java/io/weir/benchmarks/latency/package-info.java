/** How long a reading takes from its sender to the tables, while a fleet sends at a fixed rate. */
@NullMarked
package io.weir.benchmarks.latency;

import org.jspecify.annotations.NullMarked;
