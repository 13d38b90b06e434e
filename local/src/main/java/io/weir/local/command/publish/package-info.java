/** Commands that send readings: publish, simulate, rekey. */
@NullMarked
package io.weir.local.command.publish;

import org.jspecify.annotations.NullMarked;
