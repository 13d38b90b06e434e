/** Publishes files: formats, and the rules that are applied before a record is sent. */
@NullMarked
package io.weir.metricproducer.file;

import org.jspecify.annotations.NullMarked;
