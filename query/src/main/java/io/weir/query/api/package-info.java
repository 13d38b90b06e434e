/** The query API: questions by HTTP. */
@NullMarked
package io.weir.query.api;

import org.jspecify.annotations.NullMarked;
