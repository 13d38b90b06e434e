/** The Spark application. The only module that uses Spark. */
@NullMarked
package io.weir.metricconsumer;

import org.jspecify.annotations.NullMarked;
