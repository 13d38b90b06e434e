/** A simulated fleet with configurable bad behaviour and known expected outcome. */
@NullMarked
package io.weir.metricproducer.simulation;

import org.jspecify.annotations.NullMarked;
