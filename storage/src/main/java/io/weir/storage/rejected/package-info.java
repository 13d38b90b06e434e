/** Rejected readings and quarantined records. */
@NullMarked
package io.weir.storage.rejected;

import org.jspecify.annotations.NullMarked;
