/** Publishes files of readings line by line: reports bad lines and sends the others. */
@NullMarked
package io.weir.metricproducer.file;

import org.jspecify.annotations.NullMarked;
