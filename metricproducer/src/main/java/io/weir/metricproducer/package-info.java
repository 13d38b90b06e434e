/** Brings readings into Kafka: where records go, and what happens when they cannot. */
@NullMarked
package io.weir.metricproducer;

import org.jspecify.annotations.NullMarked;
