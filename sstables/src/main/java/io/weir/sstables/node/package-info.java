/** What an embedded node of Cassandra loads of ours: who may log in, and that no other node may speak to it. */
@NullMarked
package io.weir.sstables.node;

import org.jspecify.annotations.NullMarked;
