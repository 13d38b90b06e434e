/**
 * The tables in Cassandra as a whole: what the folds read and write, and what queries read. Only {@code
 * io.weir.storage} uses the driver.
 */
@NullMarked
package io.weir.storage;

import org.jspecify.annotations.NullMarked;
