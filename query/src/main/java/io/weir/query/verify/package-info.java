/** Verifies the tables: every rollup must equal the fold of its raw readings. */
@NullMarked
package io.weir.query.verify;

import org.jspecify.annotations.NullMarked;
