/** What is compared, and how a run of it is measured: what runs in a variant's own JVM. */
@NullMarked
package io.weir.benchmarks.variant;

import org.jspecify.annotations.NullMarked;
