/** The meters of a process of the application, and the endpoint that serves them. */
@NullMarked
package io.weir.metricconsumer.metrics;

import org.jspecify.annotations.NullMarked;
