/** JSON files. */
@NullMarked
package io.weir.metricproducer.file.json;

import org.jspecify.annotations.NullMarked;
