/** The ledgers of sources, and how far their followers have come. */
@NullMarked
package io.weir.storage.ledger;

import org.jspecify.annotations.NullMarked;
