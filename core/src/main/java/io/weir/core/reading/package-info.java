/** Readings, their wire format, and the rules that reject them. */
@NullMarked
package io.weir.core.reading;

import org.jspecify.annotations.NullMarked;
