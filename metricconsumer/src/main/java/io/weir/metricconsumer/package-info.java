/** The Spark application: reads the log, folds it, writes the tables. The only code that knows Spark. */
@NullMarked
package io.weir.metricconsumer;

import org.jspecify.annotations.NullMarked;
