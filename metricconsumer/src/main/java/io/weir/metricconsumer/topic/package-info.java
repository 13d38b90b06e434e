/** The topic as Kafka describes it: configuration, borders, and the sources of its partitions. */
@NullMarked
package io.weir.metricconsumer.topic;

import org.jspecify.annotations.NullMarked;
