/** Commands for sources. */
@NullMarked
package io.weir.local.command.source;

import org.jspecify.annotations.NullMarked;
