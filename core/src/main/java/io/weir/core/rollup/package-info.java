/** Calendar windows and their mergeable statistics. */
@NullMarked
package io.weir.core.rollup;

import org.jspecify.annotations.NullMarked;
