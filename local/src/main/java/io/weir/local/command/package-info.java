/** The commands of the command line: their options and their output. */
@NullMarked
package io.weir.local.command;

import org.jspecify.annotations.NullMarked;
