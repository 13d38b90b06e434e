/** What the fold makes of records that are sent to break it. */
@NullMarked
package io.weir.core.fold.hostile;

import org.jspecify.annotations.NullMarked;
