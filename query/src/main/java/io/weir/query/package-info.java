/** Queries on the tables, and their results. */
@NullMarked
package io.weir.query;

import org.jspecify.annotations.NullMarked;
