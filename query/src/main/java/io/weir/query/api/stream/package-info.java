/** Server-sent events. */
@NullMarked
package io.weir.query.api.stream;

import org.jspecify.annotations.NullMarked;
