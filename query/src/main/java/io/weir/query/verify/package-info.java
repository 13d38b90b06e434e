/** The check that the tables keep their promise: every rollup equals the fold of the raw readings beneath it. */
@NullMarked
package io.weir.query.verify;

import org.jspecify.annotations.NullMarked;
