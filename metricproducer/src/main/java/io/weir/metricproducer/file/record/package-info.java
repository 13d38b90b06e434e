/** Records of files, and their mapping to readings. */
@NullMarked
package io.weir.metricproducer.file.record;

import org.jspecify.annotations.NullMarked;
