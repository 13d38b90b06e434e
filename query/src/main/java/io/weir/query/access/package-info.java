/** Who may ask the query API what, and what keeps its server safe. */
@NullMarked
package io.weir.query.access;

import org.jspecify.annotations.NullMarked;
