/** A simulated fleet that misbehaves as told, and knows what the pipeline must make of it. */
@NullMarked
package io.weir.metricproducer.simulation;

import org.jspecify.annotations.NullMarked;
