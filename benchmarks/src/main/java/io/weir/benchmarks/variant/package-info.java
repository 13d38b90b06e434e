/** The variants and their measurement, which run in a variant's JVM. */
@NullMarked
package io.weir.benchmarks.variant;

import org.jspecify.annotations.NullMarked;
