/** The commands of the command line: what each takes, and how it shows its answer. */
@NullMarked
package io.weir.local.command;

import org.jspecify.annotations.NullMarked;
