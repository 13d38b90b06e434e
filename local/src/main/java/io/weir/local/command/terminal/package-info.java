/** The terminal: output, progress, exit codes, and the parsing of option values. */
@NullMarked
package io.weir.local.command.terminal;

import org.jspecify.annotations.NullMarked;
