/** Spark's Kafka source, extended to read every record that a log can hold. */
@NullMarked
package io.weir.metricconsumer.kafka;

import org.jspecify.annotations.NullMarked;
