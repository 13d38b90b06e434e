/**
 * The ports of the fold: the log that it reads, the tables that it writes, and the records that cross these borders.
 */
@NullMarked
package io.weir.core.fold.port;

import org.jspecify.annotations.NullMarked;
