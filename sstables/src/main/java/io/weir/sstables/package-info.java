/** Writes SSTables with the classes of a Cassandra node. */
@NullMarked
package io.weir.sstables;

import org.jspecify.annotations.NullMarked;
