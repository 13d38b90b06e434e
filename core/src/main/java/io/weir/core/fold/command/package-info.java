/** Signed commands in the log. */
@NullMarked
package io.weir.core.fold.command;

import org.jspecify.annotations.NullMarked;
