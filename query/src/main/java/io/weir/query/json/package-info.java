/** Results as JSON that is safe to print on a terminal. */
@NullMarked
package io.weir.query.json;

import org.jspecify.annotations.NullMarked;
