/** The two tables of raw readings: writers and readers. */
@NullMarked
package io.weir.storage.raw;

import org.jspecify.annotations.NullMarked;
