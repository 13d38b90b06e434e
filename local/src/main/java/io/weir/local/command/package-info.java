/** The command line. */
@NullMarked
package io.weir.local.command;

import org.jspecify.annotations.NullMarked;
