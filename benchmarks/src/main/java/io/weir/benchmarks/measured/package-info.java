/** A Weir that is measured: what is looked at before and after, whatever the figures are of. */
@NullMarked
package io.weir.benchmarks.measured;

import org.jspecify.annotations.NullMarked;
