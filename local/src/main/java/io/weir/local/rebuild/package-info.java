/** Has rollups folded anew: from a request to commands in the log, and on until the ledgers have passed them. */
@NullMarked
package io.weir.local.rebuild;

import org.jspecify.annotations.NullMarked;
