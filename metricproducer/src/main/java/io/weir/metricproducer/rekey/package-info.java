/** Copies a topic into a topic keyed by device, exactly once. */
@NullMarked
package io.weir.metricproducer.rekey;

import org.jspecify.annotations.NullMarked;
