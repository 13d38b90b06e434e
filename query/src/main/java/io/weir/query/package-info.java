/** Questions to the tables, and their answers as they are shown. */
@NullMarked
package io.weir.query;

import org.jspecify.annotations.NullMarked;
