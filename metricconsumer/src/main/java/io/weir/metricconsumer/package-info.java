/** The Spark application: reads the log, folds it, and writes the tables. Only this module uses Spark. */
@NullMarked
package io.weir.metricconsumer;

import org.jspecify.annotations.NullMarked;
