/** Writes SSTables with the classes of a Cassandra node. The only code that knows them. */
@NullMarked
package io.weir.sstables;

import org.jspecify.annotations.NullMarked;
