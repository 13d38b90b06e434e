/** The fold with one rule dropped, again and again: what shows that the simulation would notice. */
@NullMarked
package io.weir.core.fold.mutants;

import org.jspecify.annotations.NullMarked;
