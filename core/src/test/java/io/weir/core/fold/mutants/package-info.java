/** Variants of the fold that each drop one rule, which show that the simulation detects it. */
@NullMarked
package io.weir.core.fold.mutants;

import org.jspecify.annotations.NullMarked;
