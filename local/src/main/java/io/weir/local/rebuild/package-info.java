/** Rebuilds rollups: turns a request into commands in the log, and waits until the ledgers have passed them. */
@NullMarked
package io.weir.local.rebuild;

import org.jspecify.annotations.NullMarked;
