/** Random simulated lives of the fold with all kinds of faults, compared with an oracle at every write. */
@NullMarked
package io.weir.core.fold.simulation;

import org.jspecify.annotations.NullMarked;
