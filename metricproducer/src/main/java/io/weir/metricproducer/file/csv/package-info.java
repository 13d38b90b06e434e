/** CSV files. */
@NullMarked
package io.weir.metricproducer.file.csv;

import org.jspecify.annotations.NullMarked;
