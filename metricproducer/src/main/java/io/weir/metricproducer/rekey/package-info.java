/** Copies a topic into one that is keyed by device, exactly once. */
@NullMarked
package io.weir.metricproducer.rekey;

import org.jspecify.annotations.NullMarked;
