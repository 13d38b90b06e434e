/** Random lives of the fold, with everything going wrong that can, compared with an oracle at every write. */
@NullMarked
package io.weir.core.fold.simulation;

import org.jspecify.annotations.NullMarked;
