/** The HTTP query API: the server and its table of routes. */
@NullMarked
package io.weir.query.api;

import org.jspecify.annotations.NullMarked;
