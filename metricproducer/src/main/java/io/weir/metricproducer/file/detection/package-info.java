/** Guesses the options for a file from its beginning. */
@NullMarked
package io.weir.metricproducer.file.detection;

import org.jspecify.annotations.NullMarked;
