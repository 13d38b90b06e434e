/** Publishes readings to Kafka. */
@NullMarked
package io.weir.metricproducer;

import org.jspecify.annotations.NullMarked;
