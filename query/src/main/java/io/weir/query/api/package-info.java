/** The HTTP query API. */
@NullMarked
package io.weir.query.api;

import org.jspecify.annotations.NullMarked;
