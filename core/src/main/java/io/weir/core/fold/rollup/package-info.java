/** Rollup rows in memory: the cache, and the keys of the rows that a reading is folded into. */
@NullMarked
package io.weir.core.fold.rollup;

import org.jspecify.annotations.NullMarked;
