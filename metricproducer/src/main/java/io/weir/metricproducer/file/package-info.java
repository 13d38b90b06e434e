/** Publishes files of readings, line by line: a bad line is reported, the others go on. */
@NullMarked
package io.weir.metricproducer.file;

import org.jspecify.annotations.NullMarked;
