/** Files with secrets, which only their owner may read. */
@NullMarked
package io.weir.core.secret;

import org.jspecify.annotations.NullMarked;
