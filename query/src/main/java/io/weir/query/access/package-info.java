/** Who may ask the query API what. */
@NullMarked
package io.weir.query.access;

import org.jspecify.annotations.NullMarked;
