/** Tests of the fold with records that are meant to break it. */
@NullMarked
package io.weir.core.fold.hostile;

import org.jspecify.annotations.NullMarked;
