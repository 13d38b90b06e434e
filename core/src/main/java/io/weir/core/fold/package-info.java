/** The exact fold of one source: which readings are new, and what they change. */
@NullMarked
package io.weir.core.fold;

import org.jspecify.annotations.NullMarked;
