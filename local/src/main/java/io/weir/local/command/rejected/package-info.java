/** Commands for rejected readings. */
@NullMarked
package io.weir.local.command.rejected;

import org.jspecify.annotations.NullMarked;
