/** Event times of files. */
@NullMarked
package io.weir.metricproducer.file.time;

import org.jspecify.annotations.NullMarked;
