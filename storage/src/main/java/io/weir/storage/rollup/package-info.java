/** The six rollup tables: the codec of a row, writers and readers. */
@NullMarked
package io.weir.storage.rollup;

import org.jspecify.annotations.NullMarked;
