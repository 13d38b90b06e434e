/** Calendar windows and the mergeable statistics that are kept of each. */
@NullMarked
package io.weir.core.rollup;

import org.jspecify.annotations.NullMarked;
