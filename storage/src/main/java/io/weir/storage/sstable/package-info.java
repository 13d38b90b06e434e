/** Rows on a shorter way than CQL: as SSTables that are written beside a node, and that it imports. */
@NullMarked
package io.weir.storage.sstable;

import org.jspecify.annotations.NullMarked;
