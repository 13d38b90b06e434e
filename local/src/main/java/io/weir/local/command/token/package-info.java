/** Commands for API tokens. */
@NullMarked
package io.weir.local.command.token;

import org.jspecify.annotations.NullMarked;
