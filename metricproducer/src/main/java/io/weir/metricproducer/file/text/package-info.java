/** Text files: charset, compression, and lines of any length in bounded memory. */
@NullMarked
package io.weir.metricproducer.file.text;

import org.jspecify.annotations.NullMarked;
