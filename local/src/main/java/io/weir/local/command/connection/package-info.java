/** The running system that a command connects to. */
@NullMarked
package io.weir.local.command.connection;

import org.jspecify.annotations.NullMarked;
